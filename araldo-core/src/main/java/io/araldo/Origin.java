package io.araldo;

import org.jspecify.annotations.Nullable;

/**
 * Where a message entered the world of relays: a value. It is stamped by the relay that took the message in and, where
 * an enveloping marshaller carries it, it stays the same across brokers and relays.
 *
 * @param relay the name of the relay, or the empty string before a relay has seen the message
 * @param endpoint the name of the endpoint, or the empty string likewise
 * @param session the session of a client-facing endpoint, unique among all relays; {@code null} where there is none
 * @param principal who the client is, as the endpoint authenticated it; {@code null} where it did not
 */
public record Origin(
        String relay,
        String endpoint,
        @Nullable String session,
        @Nullable String principal) {
    private static final Origin NONE = new Origin("", "", null, null);

    /** The origin of a message that no relay has taken in yet. */
    public static Origin none() {
        return NONE;
    }

    /** The origin of what an endpoint without sessions receives. */
    public static Origin of(String relay, String endpoint) {
        return new Origin(relay, endpoint, null, null);
    }

    /** Whether a client sent the message: then nothing that the message says of itself is trusted. */
    public boolean isClient() {
        return session != null;
    }
}
