package io.araldo.websocket;

import org.jspecify.annotations.Nullable;

/**
 * What came of asking who a client is: a value.
 *
 * @param identity who it is; {@code null} if it is refused, or if nobody knows
 * @param refusal why it is not let in; {@code null} if it is
 */
record Verdict(@Nullable Identity identity, @Nullable Refusal refusal) {
    /** Anybody is let in. */
    static final Verdict ANYBODY = new Verdict(null, null);

    static Verdict of(Identity identity) {
        return new Verdict(identity, null);
    }

    static Verdict refused(int status, String text) {
        return new Verdict(null, new Refusal(status, text));
    }
}
