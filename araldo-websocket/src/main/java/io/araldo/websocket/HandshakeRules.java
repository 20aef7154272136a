package io.araldo.websocket;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake must be like. Tyrus lets much of this pass (POST, HTTP/1.0, a key of three bytes, a body), so it is
 * checked before Tyrus sees the request.
 */
final class HandshakeRules {
    private static final int KEY_CHARACTERS = 24;
    private static final int KEY_BYTES = 16;

    private final OriginRule origins;

    HandshakeRules(OriginRule origins) {
        this.origins = origins;
    }

    /** The reason to refuse it, or {@code null}. */
    @Nullable
    Refusal check(Handshake handshake) {
        Refusal refusal = checkForm(handshake);
        return refusal != null ? refusal : origins.check(handshake);
    }

    private static @Nullable Refusal checkForm(Handshake handshake) {
        if (!handshake.method().equals("GET")) {
            return bad("method: " + handshake.method() + " (expected: GET)");
        }
        if (!handshake.protocol().equals("HTTP/1.1")) {
            return bad("protocol: " + handshake.protocol() + " (expected: HTTP/1.1)");
        }
        if (handshake.hasBody()) {
            return bad("the request has a body (expected: none)");
        }
        if (!handshake.hasToken("Connection", "Upgrade")) {
            return bad("Connection: lacks the token Upgrade");
        }
        return checkVersionAndKey(handshake);
    }

    private static @Nullable Refusal checkVersionAndKey(Handshake handshake) {
        if (!"13".equals(handshake.only("Sec-WebSocket-Version"))) {
            return new Refusal(
                    426, "Sec-WebSocket-Version: " + handshake.values("Sec-WebSocket-Version") + " (expected: 13)");
        }
        if (!isKey(handshake.only("Sec-WebSocket-Key"))) {
            return bad("Sec-WebSocket-Key: (expected: 16 bytes in base64, 24 characters)");
        }
        return null;
    }

    private static boolean isKey(@Nullable String key) {
        if (key == null || key.length() != KEY_CHARACTERS) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Refusal bad(String text) {
        return new Refusal(400, "not a WebSocket handshake: " + text);
    }
}
