package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The head of an HTTP answer, in any pieces. */
class HttpHeadTest {
    private static final String ANSWER =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nX-Two:a\r\nx-two:  b \r\n\r\nrest";

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aHeadIsReadFromAnySlicesAndTheRestIsLeft() throws IOException {
        for (int size = 1; size <= ANSWER.length(); size++) {
            HttpHead head = new HttpHead();
            ByteBuffer all = bytes(ANSWER);
            boolean whole = false;
            while (!whole) {
                ByteBuffer slice = all.duplicate();
                slice.limit(Math.min(all.position() + size, all.limit()));
                whole = head.accept(slice);
                all.position(slice.position());
            }
            assertThat(StandardCharsets.ISO_8859_1.decode(all).toString()).isEqualTo("rest");
            assertThat(head.status()).isEqualTo(101);
            assertThat(head.headers().get("UPGRADE")).isEqualTo(List.of("websocket"));
            assertThat(head.headers().get("X-Two")).isEqualTo(List.of("a", "b"));
        }
    }

    @Test
    void aHeadWithoutEndIsRefused() {
        HttpHead head = new HttpHead();
        assertThatThrownBy(() -> head.accept(bytes("x".repeat(20_000))))
                .isInstanceOf(IOException.class)
                .hasMessage("answered with a head of more than 16384 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2 200", "HTTP/1.1 20 OK", "HTTP/1.1 2000", "SSH-2.0", ""})
    void whatIsNotHttpIsRefused(String line) throws IOException {
        HttpHead head = new HttpHead();
        assertThat(head.accept(bytes(line + "\r\n\r\n"))).isTrue();
        assertThatThrownBy(head::status).hasMessage("answered with something that is not HTTP");
    }
}
