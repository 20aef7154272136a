package io.araldo.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Gets the text of a file, and refuses what no parser should see: too many bytes, no UTF-8, characters that are none. */
final class ConfigText {
    static final int MAX_BYTES = 1 << 20;

    private final Problems problems;

    ConfigText(Problems problems) {
        this.problems = problems;
    }

    String read(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw problems.fatal(Position.NOWHERE, "", "there is no such file; write it, or name another one");
        } catch (AccessDeniedException e) {
            throw problems.fatal(Position.NOWHERE, "", "the file may not be read; allow it, or name another one");
        } catch (IOException e) {
            throw problems.fatal(
                    Position.NOWHERE, "", "the file cannot be read: " + Shown.line(String.valueOf(e.getMessage())));
        }
        return checked(bytes);
    }

    /** The text that the bytes are, or an exception. */
    String checked(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw tooLarge();
        }
        return checked(decoded(bytes));
    }

    /** The text as it is, or an exception. */
    String checked(String text) {
        if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw tooLarge();
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            if (!isAllowed(character)) {
                throw problems.fatal(
                        Position.after(text.substring(0, i)),
                        "",
                        String.format("found the character U+%04X, which YAML does not allow; take it out", character));
            }
        }
        return text;
    }

    private ConfigException tooLarge() {
        return problems.fatal(
                Position.NOWHERE, "", "the file has more than " + MAX_BYTES + " bytes; write less, or split it up");
    }

    private String decoded(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            throw problems.fatal(
                    Position.after(text), "", "found bytes that are not UTF-8; save the file with that encoding");
        }
        return text.toString();
    }

    /** YAML 1.2, section 5.1, printable characters. */
    private static boolean isAllowed(int c) {
        return (c >= 0x20 && c <= 0x7E)
                || c == '\t'
                || c == '\n'
                || c == '\r'
                || c == 0x85
                || (c >= 0xA0 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
