package io.araldo.websocket;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The path of a request, made safe to look up. */
final class WebPath {
    private WebPath() {}

    /**
     * Decodes a path.
     *
     * @param raw as in the request line, without the query
     * @return {@code null} unless every segment is a plain name: nothing empty (but after a slash at the end), no
     *     {@code .} or {@code ..}, no backslash, no control character, before or after decoding
     */
    static @Nullable String decode(String raw) {
        String path;
        try {
            path = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        return path.startsWith("/") && isPlain(path) ? path : null;
    }

    private static boolean isPlain(String path) {
        if (path.chars().anyMatch(c -> c == '\\' || c == '%' || c == ':' || Character.isISOControl(c))) {
            return false;
        }
        if (path.contains("//")) {
            return false;
        }
        for (String segment : path.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return false;
            }
        }
        return true;
    }
}
