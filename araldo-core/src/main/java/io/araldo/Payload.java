package io.araldo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Immutable bytes that know whether they are text (UTF-8) or binary. A value: safe to share between threads, never
 * blocks. Its size is bounded by the transport that made it. UTF-8 is decoded at most once, and only if {@link #text()}
 * is called.
 */
public final class Payload {
    private static final Payload EMPTY = new Payload(new byte[0], true, "");
    private static final int SHOWN = 40;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private final byte[] bytes;
    private final boolean isText;

    /** Decoded on first use. A race decodes twice and is harmless: strings are immutable. */
    private @Nullable String decoded;

    private Payload(byte[] bytes, boolean isText, @Nullable String decoded) {
        this.bytes = bytes;
        this.isText = isText;
        this.decoded = decoded;
    }

    /** The text of no characters. */
    public static Payload empty() {
        return EMPTY;
    }

    /**
     * Text, held as UTF-8.
     *
     * @throws IllegalArgumentException if the text has an unpaired surrogate, which UTF-8 cannot carry
     */
    public static Payload text(String text) {
        if (!Utf8.canEncode(text)) {
            throw new IllegalArgumentException(
                    "text: has an unpaired surrogate (expected: text that UTF-8 can carry; send such data as binary)");
        }
        return new Payload(text.getBytes(StandardCharsets.UTF_8), true, text);
    }

    /** Text from bytes that the caller knows to be valid UTF-8, without a copy: it gives the array away. */
    public static Payload wrapText(byte[] utf8) {
        return new Payload(utf8, true, null);
    }

    /** Binary data; the array is copied. */
    public static Payload binary(byte[] bytes) {
        return new Payload(bytes.clone(), false, null);
    }

    /** Binary data without a copy: the caller gives the array away and must not write to it again. */
    public static Payload wrapBinary(byte[] bytes) {
        return new Payload(bytes, false, null);
    }

    /**
     * Text where the bytes are valid UTF-8, otherwise binary: the rule for transports that have no types, such as
     * Redis. No copy: the caller gives the array away and must not write to it again.
     */
    public static Payload wrapUtf8OrBinary(byte[] bytes) {
        return new Payload(bytes, Utf8.isValid(bytes), null);
    }

    /** Whether this is text. */
    public boolean isText() {
        return isText;
    }

    /** The number of bytes; of text, the number of its UTF-8 bytes. */
    public int size() {
        return bytes.length;
    }

    /**
     * The text.
     *
     * @throws IllegalStateException if this is binary; ask {@link #isText()} first
     */
    public String text() {
        if (!isText) {
            throw new IllegalStateException(
                    "payload is binary, " + bytes.length + " bytes (expected: text; use bytes())");
        }
        String text = decoded;
        if (text == null) {
            text = new String(bytes, StandardCharsets.UTF_8);
            decoded = text;
        }
        return text;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** A read-only view of the bytes, with its own position: no copy. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /**
     * Copies all bytes into {@code target}, from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException if they do not fit; nothing is copied then
     */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Payload that && isText == that.isText && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + Boolean.hashCode(isText);
    }

    /** For people: kind, size and the first characters of a text. */
    @Override
    public String toString() {
        if (!isText) {
            return "binary, " + bytes.length + " bytes";
        }
        return "text, " + bytes.length + " bytes: " + shown(text());
    }

    /** A text from outside as it may stand in a log: its beginning, and nothing that could forge a line there. */
    static String shown(String text) {
        int end = Math.min(text.length(), SHOWN);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return CONTROL.matcher(text.substring(0, end)).replaceAll("?") + (end < text.length() ? "…" : "");
    }
}
