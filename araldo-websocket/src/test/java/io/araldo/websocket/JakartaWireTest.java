package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Payload;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wire on a container that does nothing by itself: the test answers each send. */
class JakartaWireTest {
    private final List<String> calls = new ArrayList<>();
    private final Queue<SendHandler> handlers = new ArrayDeque<>();
    private final List<String> outcomes = new ArrayList<>();
    private final Map<String, Object> properties = new HashMap<>();
    private final RemoteEndpoint.Async remote = scripted(RemoteEndpoint.Async.class);
    private final jakarta.websocket.Session session = scripted(jakarta.websocket.Session.class);
    private final JakartaWire wire = new JakartaWire(session, Runnable::run, Duration.ofSeconds(3));

    private <T> T scripted(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> called(method.getName(), arguments)));
    }

    /** What the wire calls; everything else returns nothing. */
    private Object called(String method, Object... arguments) {
        switch (method) {
            case "sendText", "sendBinary" -> {
                calls.add(method + " " + arguments[0]);
                handlers.add((SendHandler) arguments[1]);
            }
            case "sendPing" -> calls.add("ping");
            case "close" ->
                calls.add("close " + ((CloseReason) arguments[0]).getCloseCode().getCode());
            default -> {}
        }
        return method.equals("getAsyncRemote") ? remote : method.equals("getUserProperties") ? properties : null;
    }

    @BeforeEach
    void begin() {
        wire.begin(() -> outcomes.add("ended"));
        calls.clear();
    }

    private void write(Frame... frames) {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (Frame frame : frames) {
            buffers.add(frame.view());
        }
        wire.write(buffers, failure -> outcomes.add(failure == null ? "written" : "failed"));
    }

    private static Frame text(String text) {
        return Frame.message(Payload.text(text));
    }

    @Test
    void oneMessageIsOnItsWayAtATime() {
        write(text("one"), text("two"));
        assertThat(calls).containsExactly("sendText one");
        handlers.remove().onResult(new SendResult(session));
        assertThat(calls).containsExactly("sendText one", "sendText two");
        assertThat(outcomes).isEmpty();
        handlers.remove().onResult(new SendResult(session));
        assertThat(outcomes).containsExactly("written");
    }

    @Test
    void controlFramesKeepTheirPlace() {
        write(Frame.ping(), text("one"));
        assertThat(calls).containsExactly("ping", "sendText one");
        handlers.remove().onResult(new SendResult(session));
        write(Frame.close(new CloseCode(3001, "enough")));
        assertThat(calls).endsWith("close 3001");
        assertThat(outcomes).containsExactly("written", "written");
    }

    @Test
    void aMessageThatFailsEndsItsWrite() {
        write(text("one"), text("two"));
        handlers.remove().onResult(new SendResult(session, new IOException("gone")));
        assertThat(calls).containsExactly("sendText one");
        assertThat(outcomes).containsExactly("failed");
    }

    @Test
    void terminateEndsTheSessionWhateverTheContainerDoes() {
        write(text("one"), text("two"));
        wire.terminate();
        wire.terminate();
        assertThat(calls).containsExactly("sendText one", "close 1001");
        assertThat(outcomes).containsExactly("ended", "failed");
        handlers.remove().onResult(new SendResult(session));
        write(text("three"));
        assertThat(calls).hasSize(2);
        assertThat(outcomes).containsExactly("ended", "failed", "failed");
    }
}
