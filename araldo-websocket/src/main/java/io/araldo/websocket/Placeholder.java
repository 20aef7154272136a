package io.araldo.websocket;

/** Keeps the exported package from being empty until the first endpoint is here. */
final class Placeholder {
    private Placeholder() {}
}
