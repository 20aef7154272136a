package io.araldo.websocket;

/**
 * What happens to a session that is further behind the fastest session of its path than {@link
 * WebSocketServerBuilder#outboundMessages} and {@link WebSocketServerBuilder#outboundBytes} allow. The others are not
 * held up by either.
 */
public enum SlowSession {
    /** It stays, and goes on with the oldest message that is still there; what it skipped is counted. */
    DROP_OLDEST,

    /** It is closed with 1013, and its connection is cut 1 s later; what it did not get is counted. */
    DISCONNECT
}
