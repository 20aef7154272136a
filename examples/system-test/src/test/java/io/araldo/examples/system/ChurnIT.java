package io.araldo.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.araldo.Endpoint;
import io.araldo.Marshaller;
import io.araldo.Relay;
import io.araldo.RelayEvent;
import io.araldo.Route;
import io.araldo.redis.RedisPubSubEndpoint;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.ThreadLeakExtension;
import io.araldo.websocket.WebSocketServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing stays behind: no session, no thread, no file descriptor. */
@ExtendWith(ThreadLeakExtension.class)
class ChurnIT {
    private static final int CLIENTS = 1_000;
    private static final int RELAYS = 100;

    /** Files that the JVM or a library opens at some time, once. */
    private static final int SLACK = 3;

    @Test
    void thousandConnectsAndDisconnectsLeaveNothing() throws IOException {
        WebSocketServer server = WebSocketServer.builder().build();
        Endpoint path = server.endpoint("browsers", "/chat");
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        try (Relay relay = Relay.builder()
                .route(Route.from(path).to(path))
                .events(event -> {
                    if (event instanceof RelayEvent.SessionOpened) {
                        opened.incrementAndGet();
                    } else if (event instanceof RelayEvent.SessionClosed) {
                        closed.incrementAndGet();
                    }
                })
                .start()) {
            URI address = relay.address(path);
            connectAndLeave(address, 10);
            await().until(() -> server.sessionCount() == 0);
            long before = openFiles();
            connectAndLeave(address, CLIENTS);
            await().until(() -> server.sessionCount() == 0);
            await().until(() -> closed.get() == CLIENTS + 10);
            assertThat(opened).hasValue(CLIENTS + 10);
            await().until(() -> openFiles() <= before);
        }
    }

    /** Every other one leaves without a Close frame. */
    private static void connectAndLeave(URI address, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
                upgrade(socket, address);
                if (i % 2 == 0) {
                    socket.getOutputStream().write(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
                    assertThat(socket.getInputStream().read()).isEqualTo(0x88);
                }
            }
        }
    }

    private static void upgrade(Socket socket, URI address) throws IOException {
        String request = "GET " + address.getPath() + " HTTP/1.1\r\nHost: localhost:" + address.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Version: 13\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) in.read());
        }
        assertThat(answer).startsWith("HTTP/1.1 101");
    }

    @Test
    void hundredStartsAndClosesLeaveNothing() {
        try (RedisServerProcess redis = RedisServerProcess.start()) {
            startAndClose(redis);
            long before = openFiles();
            for (int i = 0; i < RELAYS; i++) {
                startAndClose(redis);
            }
            await().until(() -> openFiles() <= before + SLACK);
        }
    }

    private static void startAndClose(RedisServerProcess redis) {
        WebSocketServer server = WebSocketServer.builder().build();
        Endpoint path = server.endpoint("browsers", "/chat");
        Endpoint bus = RedisPubSubEndpoint.builder("bus")
                .uri(redis.uri())
                .channel("chat")
                .marshaller(Marshaller.json())
                .build();
        Relay.start(Route.from(path).to(bus), Route.from(bus).to(path)).close();
    }

    private static long openFiles() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }
}
