package io.araldo.config;

import java.util.regex.Pattern;

/** How pieces of a file look in a message: on one line, not too long, without passwords of URIs. */
final class Shown {
    private static final int LONGEST = 64;
    private static final Pattern PLAIN_KEY =
            Pattern.compile("[\\w.-]{1," + LONGEST + "}", Pattern.UNICODE_CHARACTER_CLASS);

    /** Not {@code redis://[user]@host}, which explains how to write one. */
    private static final Pattern LOGIN = Pattern.compile("://(?!\\[)[^\\s']*@");

    private Shown() {}

    /** In quotes. */
    static String quoted(String text) {
        return "'" + plain(text) + "'";
    }

    /** Without quotes. */
    static String plain(String text) {
        return escaped(shortened(redacted(text)));
    }

    /** As a part of a path: in quotes only where it needs them. */
    static String key(String key) {
        return PLAIN_KEY.matcher(key).matches() ? key : quoted(key);
    }

    /** Somebody else's message on one line, without the logins in URIs. */
    static String line(String message) {
        return escaped(LOGIN.matcher(message).replaceAll("://***@"));
    }

    /** Nothing that follows the scheme of a URI is shown: in a malformed one, anything may be the password. */
    private static String redacted(String text) {
        int scheme = text.indexOf("//");
        if (scheme >= 0) {
            return text.substring(0, scheme) + "//***";
        }
        int at = text.lastIndexOf('@');
        return at < 0 ? text : "***" + text.substring(at);
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }

    private static String escaped(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                line.append("\\n");
            } else if (isHidden(c)) {
                line.append(String.format("\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }

    /** Control and format characters could rewrite what a terminal shows. */
    private static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
