package io.araldo.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects the head of an HTTP answer, of at most 16 KiB, from any slicing of the stream. What follows the head is left
 * where it is. Used by one thread.
 */
final class HttpHead {
    private static final int MAX_BYTES = 1 << 14;

    private final StringBuilder text = new StringBuilder();

    /**
     * Takes bytes until the head is whole.
     *
     * @return whether it is; the position of {@code data} is behind it then
     * @throws IOException if it is too long
     */
    boolean accept(ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            text.append((char) (data.get() & 0xff));
            if (text.length() > MAX_BYTES) {
                throw new IOException("answered with a head of more than " + MAX_BYTES + " bytes");
            }
            if (text.length() >= 4 && text.indexOf("\r\n\r\n", text.length() - 4) >= 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * The status of a whole head.
     *
     * @throws IOException if this is not HTTP
     */
    int status() throws IOException {
        String line = text.substring(0, text.indexOf("\r\n"));
        if (!line.matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?")) {
            throw new IOException("answered with something that is not HTTP");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    /** The headers of a whole head; names in any case. */
    Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        text.toString().lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon).strip(), name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        });
        return headers;
    }

    /** The head of a request. */
    static ByteBuffer request(String line, Map<String, List<String>> headers) {
        StringBuilder head = new StringBuilder(line).append(" HTTP/1.1\r\n");
        headers.forEach((name, values) ->
                head.append(name).append(": ").append(String.join(", ", values)).append("\r\n"));
        return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
