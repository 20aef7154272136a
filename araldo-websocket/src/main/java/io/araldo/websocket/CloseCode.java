package io.araldo.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Why a session ends (RFC 6455 section 7.4): a value.
 *
 * @param code what a Close frame carries; {@link #ABNORMAL} is never sent
 * @param reason for people; as a Close frame it is cut to 123 bytes
 */
record CloseCode(int code, String reason) {
    /** The connection ended without a Close frame. */
    static final int ABNORMAL = 1006;

    private static final int MAX_REASON_BYTES = 123;

    static final CloseCode GOING_AWAY = new CloseCode(1001, "going away");
    static final CloseCode LOST = new CloseCode(ABNORMAL, "");

    /**
     * For the application's use.
     *
     * @throws IllegalArgumentException if the code must not be sent, or the reason is too long for a frame
     */
    static CloseCode checked(int code, String reason) {
        Problems problems = new Problems();
        problems.expect(isSendable(code), "code", code, "1000, 1001, 1003, 1007 to 1014, or 3000 to 4999");
        int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
        problems.expect(bytes <= MAX_REASON_BYTES, "reason", bytes + " bytes", "at most 123 bytes of UTF-8");
        problems.report();
        return new CloseCode(code, reason);
    }

    private static boolean isSendable(int code) {
        return code == 1000
                || code == 1001
                || code == 1003
                || (code >= 1007 && code <= 1014)
                || (code >= 3000 && code <= 4999);
    }

    /** The payload of the Close frame. */
    byte[] payload() {
        byte[] text = cutReason();
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return payload;
    }

    /** As much of the reason as a Close frame carries. */
    String reasonInFrame() {
        return new String(cutReason(), StandardCharsets.UTF_8);
    }

    private byte[] cutReason() {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, MAX_REASON_BYTES);
        while (length < text.length && (text[length] & 0xc0) == 0x80) {
            length--;
        }
        return Arrays.copyOf(text, length);
    }
}
