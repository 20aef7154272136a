package io.araldo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Tells whether bytes are valid UTF-8 (RFC 3629), and whether a text can be written in it. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    static boolean isValid(byte[] bytes) {
        return isAscii(bytes) || decodes(bytes);
    }

    /** Whether each surrogate of the text has its other half. */
    static boolean canEncode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Most messages are ASCII: eight bytes at a time, in a loop without another way out, which the compiler can unroll. */
    private static boolean isAscii(byte[] bytes) {
        long bits = 0;
        int i = 0;
        for (int end = bytes.length - (Long.BYTES - 1); i < end; i += Long.BYTES) {
            bits |= (long) LONGS.get(bytes, i);
        }
        for (; i < bytes.length; i++) {
            bits |= bytes[i];
        }
        return (bits & HIGH_BITS) == 0;
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
