package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.EndpointException;
import io.araldo.testing.ThreadLeakExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a client connects, and the one line that says why it could not. */
@ExtendWith(ThreadLeakExtension.class)
class ClientHandshakeTest {
    private static WebSocketClientBuilder to(String uri) {
        return WebSocketClientEndpoint.builder("upstream").uri(uri);
    }

    private static void assertFails(WebSocketClientBuilder options, String line) {
        assertThat(OpenClient.failure(options))
                .isInstanceOf(EndpointException.class)
                .hasMessage(line);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aRefusedConnectionIsToldWithoutSecrets() throws Exception {
        int port = freePort();
        assertFails(
                to("ws://me:secret@127.0.0.1:" + port + "/feed?token=secret"),
                "endpoint 'upstream' cannot connect to ws://127.0.0.1:" + port
                        + "/feed: connection refused (expected: a server that listens there)");
    }

    @Test
    void anUnknownHostIsTold() {
        assertFails(
                to("ws://nowhere.invalid/feed"),
                "endpoint 'upstream' cannot connect to ws://nowhere.invalid/feed: unknown host 'nowhere.invalid'"
                        + " (expected: a name that resolves, or an address)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "302 Found               | 302: a redirect, which is not followed (use the new address)",
                "401 Unauthorized        | 401: not authenticated (set an Authorization header, or a user and a"
                        + " password in the URI)",
                "403 Forbidden           | 403: forbidden (the server does not let this client in)",
                "404 Not Found           | 404: nothing there (check the path)",
                "503 Service Unavailable | 503: unavailable (the server is full, or closing)",
                "200 OK                  | 200 (expected: 101)"
            })
    void aStatusOtherThan101IsNamed(String status, String told) throws Exception {
        try (RawServer server = RawServer.refusing(status)) {
            assertFails(
                    to(server.uri()),
                    "endpoint 'upstream' cannot connect to " + server.uri() + ": the handshake was answered with "
                            + told);
        }
    }

    @Test
    void anAnswerWithAWrongKeyIsRefused() throws Exception {
        try (RawServer server = RawServer.answering(
                request -> RawServer.agreed(request, "").replaceFirst("Accept: .{4}", "Accept: AAAA"))) {
            assertThat(OpenClient.failure(to(server.uri())))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageStartingWith("endpoint 'upstream' cannot connect to " + server.uri() + ": ");
        }
    }

    @Test
    void somethingThatIsNotHttpIsTold() throws Exception {
        try (RawServer server = RawServer.answering(request -> "SSH-2.0-OpenSSH\r\n\r\n")) {
            assertFails(
                    to(server.uri()),
                    "endpoint 'upstream' cannot connect to " + server.uri()
                            + ": answered with something that is not HTTP");
        }
    }

    @Test
    void aServerThatClosesIsTold() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread closer = new Thread(() -> {
                try {
                    listener.accept().close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            closer.start();
            String uri = "ws://127.0.0.1:" + listener.getLocalPort() + "/";
            assertThat(OpenClient.failure(to(uri)))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageStartingWith("endpoint 'upstream' cannot connect to " + uri + ": ");
            closer.join();
        }
    }

    @Test
    void aServerThatIsSilentIsGivenUpAfter5Seconds() throws Exception {
        try (RawServer server = RawServer.answering(request -> "")) {
            long begun = System.nanoTime();
            assertFails(
                    to(server.uri()),
                    "endpoint 'upstream' cannot connect to " + server.uri() + ": no answer within 5000 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(4_900), Duration.ofSeconds(8));
            assertThat(server.next().isAtEnd()).isTrue();
        }
    }

    @Test
    void subprotocolsAndExtensionsThatWereNotOfferedAreRefused() throws Exception {
        try (RawServer server =
                RawServer.answering(request -> RawServer.agreed(request, "Sec-WebSocket-Protocol: other\r\n"))) {
            assertFails(
                    to(server.uri()).subprotocol("v2", "v1"),
                    "endpoint 'upstream' cannot connect to " + server.uri()
                            + ": the server has chosen a subprotocol that was not offered (expected: one of [v2, v1],"
                            + " or none)");
        }
        try (RawServer server = RawServer.answering(
                request -> RawServer.agreed(request, "Sec-WebSocket-Extensions: permessage-deflate\r\n"))) {
            assertFails(
                    to(server.uri()),
                    "endpoint 'upstream' cannot connect to " + server.uri()
                            + ": the server has chosen an extension (expected: none, since none was offered)");
        }
    }

    @Test
    void theRequestCarriesPathQueryHeadersCredentialsAndSubprotocolsAndNoOrigin() throws Exception {
        try (RawServer server =
                RawServer.answering(request -> RawServer.agreed(request, "Sec-WebSocket-Protocol: v1\r\n"))) {
            WebSocketClientBuilder options = to("ws://me:pa%20ss@127.0.0.1:" + server.port() + "/a%20b?token=t%26x")
                    .header("X-Tenant", "blue")
                    .subprotocol("v2", "v1");
            try (OpenClient open = OpenClient.of(options);
                    RawServer.Accepted accepted = server.next()) {
                assertThat(accepted.request).startsWith("GET /a%20b?token=t%26x HTTP/1.1\r\n");
                assertThat(accepted.request.lines())
                        .contains(
                                "Host: 127.0.0.1:" + server.port(),
                                "X-Tenant: blue",
                                "Sec-WebSocket-Protocol: v2, v1",
                                "Sec-WebSocket-Version: 13",
                                "Authorization: Basic "
                                        + Base64.getEncoder()
                                                .encodeToString("me:pa ss".getBytes(StandardCharsets.UTF_8)))
                        .noneMatch(line -> line.startsWith("Origin"));
                assertThat(open.link().address()).hasToString("ws://127.0.0.1:" + server.port() + "/a%20b");
                accepted.close();
            }
        }
    }

    @Test
    void aHostMayHaveANameThatIsNotOfTheDns() throws Exception {
        try (RawServer server = RawServer.upgrading();
                TunnelProxy proxy = TunnelProxy.open()) {
            String hub = "my_relay:" + server.port();
            WebSocketClientBuilder options =
                    to("ws://me:secret@" + hub + "/hub").proxy("http://127.0.0.1:" + proxy.port());
            try (OpenClient open = OpenClient.of(options);
                    RawServer.Accepted accepted = server.next()) {
                assertThat(proxy.request()).startsWith("CONNECT " + hub + " HTTP/1.1\r\n");
                assertThat(accepted.request.lines())
                        .contains("Host: " + hub, "Authorization: " + ProxyAddress.basic("me:secret"));
                assertThat(open.link().address()).hasToString("ws://" + hub + "/hub");
                accepted.close();
            }
        }
        assertFails(
                to("ws://my_relay.invalid/hub"),
                "endpoint 'upstream' cannot connect to ws://my_relay.invalid/hub: unknown host 'my_relay.invalid'"
                        + " (expected: a name that resolves, or an address)");
    }

    @Test
    void aRelayThatHasTakenItsTimerAwayLeavesNothingOpen() throws Exception {
        try (RawServer server = RawServer.upgrading();
                TestContext context = new TestContext("test", "upstream")) {
            context.close();
            WebSocketClientEndpoint endpoint = to(server.uri()).build();
            assertThatThrownBy(() -> endpoint.open(new RecordingInbox(), context))
                    .isInstanceOf(RejectedExecutionException.class);
        }
    }

    @Test
    void aHandshakeThatOurServerRefusesIsNamed() throws Exception {
        try (OpenEndpoint server = OpenEndpoint.withDefaults()) {
            String uri = "ws://127.0.0.1:" + server.port() + "/elsewhere";
            assertFails(
                    to(uri),
                    "endpoint 'upstream' cannot connect to " + uri
                            + ": the handshake was answered with 404: nothing there (check the path)");
        }
    }
}
