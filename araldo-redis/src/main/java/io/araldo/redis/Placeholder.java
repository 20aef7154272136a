package io.araldo.redis;

/** Keeps the exported package from being empty until the first endpoint is here. */
final class Placeholder {
    private Placeholder() {}
}
