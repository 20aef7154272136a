package io.araldo.config;

/** Which ways messages can go through an endpoint. */
public enum Direction {
    /** It sends and takes: it may be the source and the target of routes. */
    BOTH,
    /** It only sends: it may be the source of routes. */
    SOURCE,
    /** It only takes: it may be the target of routes. */
    TARGET
}
