package io.araldo.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FaultProxyTest {
    @RegisterExtension
    static final ThreadLeakExtension LEAKS = ThreadLeakExtension.afterEachTest().watching("fault-proxy-");

    private final EchoServer server = new EchoServer();
    private FaultProxy proxy;

    @BeforeEach
    void start() {
        proxy = FaultProxy.to(server.port());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private Socket connectAndEcho() throws IOException {
        Socket socket = connect();
        assertThat(echo(socket, "first")).isEqualTo("first");
        return socket;
    }

    private static String echo(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        return new String(socket.getInputStream().readNBytes(text.length()), US_ASCII);
    }

    private static void assertHearsNothing(Socket socket) throws IOException {
        socket.setSoTimeout(200);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(10_000);
    }

    @Test
    void bytesPassBothWaysWithoutAFault() throws IOException {
        try (Socket socket = connect()) {
            assertThat(echo(socket, "hello")).isEqualTo("hello");
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    @Test
    void manyMegabytesPassUnchanged() throws Exception {
        byte[] sent = new byte[8 << 20];
        new java.util.Random(1).nextBytes(sent);
        try (Socket socket = connect()) {
            Thread writer = new Thread(() -> write(socket, sent));
            writer.start();
            assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
            writer.join();
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void endOfStreamIsPassedOnWhenAllBytesHaveArrived() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("bye".getBytes(US_ASCII));
            socket.shutdownOutput();
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo("bye".getBytes(US_ASCII));
        }
        await().untilAsserted(() -> assertThat(proxy.connections()).isZero());
    }

    @Test
    void clientOfATargetThatIsNotThereIsDisconnected() throws IOException {
        server.close();
        try (Socket socket = connect()) {
            assertThat(endOf(socket)).isEqualTo("end of stream");
        }
    }

    private static String endOf(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0 ? "end of stream" : "data";
        } catch (SocketException e) {
            return e.getMessage();
        }
    }

    @Test
    void delayHoldsBytesBackInBothDirections() throws IOException {
        try (Socket socket = connectAndEcho()) {
            proxy.inject(Fault.delay(Duration.ofMillis(150)));
            long begin = System.nanoTime();
            assertThat(echo(socket, "later")).isEqualTo("later");
            assertThat(System.nanoTime() - begin).isBetween(300_000_000L, 2_000_000_000L);
        }
    }

    @Test
    void delayedBytesArriveAtOnceWhenTheDelayEnds() throws IOException {
        try (Socket socket = connectAndEcho()) {
            proxy.inject(Fault.delay(Duration.ofHours(1)));
            socket.getOutputStream().write("held".getBytes(US_ASCII));
            assertHearsNothing(socket);
            proxy.restore();
            assertThat(socket.getInputStream().readNBytes(4)).isEqualTo("held".getBytes(US_ASCII));
        }
    }

    @Test
    void rateLimitsBytesPerSecond() throws IOException {
        try (Socket socket = connectAndEcho()) {
            proxy.inject(Fault.rate(10_000));
            long begin = System.nanoTime();
            assertThat(echo(socket, "x".repeat(5_000))).hasSize(5_000);
            assertThat(System.nanoTime() - begin).isBetween(350_000_000L, 2_000_000_000L);
        }
    }

    @Test
    void rateOfOneBytePerSecondStillMoves() throws IOException {
        try (Socket socket = connectAndEcho()) {
            proxy.inject(Fault.rate(1));
            assertThat(echo(socket, "x")).isEqualTo("x");
        }
    }

    @Test
    void writerIsBlockedWhileTheProxyDoesNotReadAndNothingIsLost() throws IOException {
        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()))) {
            await().until(() -> server.connected.get() == 1);
            proxy.inject(Fault.STOP_READING);
            channel.configureBlocking(false);
            long sent = writeUntilFull(channel);
            long arrived = server.received.get();
            assertThat(sent).isGreaterThan(100_000);
            assertThat(arrived).isZero();

            proxy.restore();
            await().untilAsserted(() -> {
                channel.read(ByteBuffer.allocate(1 << 20));
                assertThat(server.received.get()).isEqualTo(sent);
            });
        }
    }

    private static long writeUntilFull(SocketChannel channel) throws IOException {
        long sent = 0;
        int written;
        while ((written = channel.write(ByteBuffer.allocate(64 << 10))) > 0) {
            sent += written;
        }
        return sent;
    }

    @Test
    void requestsArriveWhileRepliesAreSwallowed() throws IOException {
        try (Socket socket = connectAndEcho()) {
            proxy.inject(Fault.SWALLOW_REPLIES);
            socket.getOutputStream().write("unanswered".getBytes(US_ASCII));
            await().untilAsserted(() ->
                    assertThat(server.received.get()).isEqualTo("first".length() + "unanswered".length()));
            assertHearsNothing(socket);

            proxy.restore();
            assertThat(echo(socket, "again")).isEqualTo("again");
        }
    }

    @Test
    void refusedConnectionsAreClosedAndNewOnesRefusedUntilRestored() throws IOException {
        try (Socket socket = connectAndEcho()) {
            proxy.inject(Fault.REFUSE);
            assertThat(endOf(socket)).isEqualTo("end of stream");
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            await().untilAsserted(() -> assertThat(server.ended.get()).isEqualTo(1));

            proxy.restore();
            connectAndEcho().close();
        }
    }

    @Test
    void hungUpConnectionsAreClosedAndNewOnesToo() throws IOException {
        try (Socket socket = connectAndEcho()) {
            proxy.inject(Fault.HANG_UP);
            assertThat(endOf(socket)).isEqualTo("end of stream");
            try (Socket next = connect()) {
                assertThat(endOf(next)).isEqualTo("end of stream");
            }
            assertThat(proxy.accepted()).isEqualTo(2);
            assertThat(server.connected.get()).isEqualTo(1);

            proxy.restore();
            connectAndEcho().close();
        }
    }

    @Test
    void connectionsAreResetAndNewOnesToo() throws IOException {
        try (Socket socket = connectAndEcho()) {
            proxy.inject(Fault.RESET);
            assertThat(endOf(socket)).isEqualTo("Connection reset");
            await().untilAsserted(() -> assertThat(server.ended.get()).isEqualTo(1));
            try (Socket next = connect()) {
                assertThat(endOf(next)).isEqualTo("Connection reset");
            }
        }
    }

    @Test
    void halfOpenConnectionsHearNothingAndStayDead() throws IOException {
        try (Socket socket = connectAndEcho()) {
            proxy.inject(Fault.HALF_OPEN);
            socket.getOutputStream().write("lost".getBytes(US_ASCII));
            assertHearsNothing(socket);
            proxy.restore();
            socket.getOutputStream().write("lost too".getBytes(US_ASCII));
            assertHearsNothing(socket);
            assertThat(server.received.get()).isEqualTo("first".length());
            connectAndEcho().close();
        }
        await().untilAsserted(() -> assertThat(server.ended.get()).isEqualTo(2));
    }

    @Test
    void neitherSideOfAHalfOpenConnectionLearnsThatTheOtherHasClosed() throws IOException {
        Socket socket = connectAndEcho();
        proxy.inject(Fault.HALF_OPEN);
        socket.close();
        try (Socket other = connect()) {
            assertHearsNothing(other);
            assertThat(server.ended.get()).isZero();
        }
        proxy.restore();
        await().untilAsserted(() -> assertThat(server.ended.get()).isEqualTo(2));
    }

    @Test
    void connectionsOfAHalfOpenNetworkAreAcceptedAndHearNothing() throws IOException {
        proxy.inject(Fault.HALF_OPEN);
        try (Socket socket = connect()) {
            socket.getOutputStream().write("hello?".getBytes(US_ASCII));
            assertHearsNothing(socket);
            assertThat(server.received.get()).isZero();
        }
    }

    @Test
    void faultCanBeInjectedAndEndedAHundredTimes() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (Socket socket = connectAndEcho()) {
                proxy.inject(i % 2 == 0 ? Fault.REFUSE : Fault.RESET);
                assertThat(endOf(socket)).isIn("end of stream", "Connection reset");
                proxy.restore();
            }
        }
        assertThat(proxy.accepted()).isEqualTo(100);
    }

    @Test
    void closedProxyRefusesConnectionsAndFaults() {
        proxy.close();
        proxy.close();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        assertThatThrownBy(proxy::restore)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("proxy is closed (expected: open)");
    }

    @Test
    void faultsAreCheckedAndPrintedAsTheCodeThatMakesThem() {
        assertThatThrownBy(() -> Fault.rate(0)).hasMessage("bytesPerSecond: 0 (expected: > 0 for RATE, else zero)");
        assertThatThrownBy(() -> Fault.delay(Duration.ZERO))
                .hasMessage("delay: PT0S (expected: > 0 for DELAY, else zero)");
        assertThat(Fault.rate(7)).hasToString("Fault.rate(7)").isEqualTo(Fault.rate(7));
        assertThat(Fault.HALF_OPEN).hasToString("Fault.HALF_OPEN");
    }
}
