package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.EndpointException;
import io.araldo.Outcome;
import io.araldo.testing.ThreadLeakExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** TLS, with and without a proxy before it. */
@ExtendWith(ThreadLeakExtension.class)
class ClientTlsTest {
    @TempDir
    static Path folder;

    private static TestTls here;
    private static TestTls elsewhere;

    @BeforeAll
    static void makeCertificates() throws Exception {
        here = TestTls.of(folder, "dns:localhost,ip:127.0.0.1");
        elsewhere = TestTls.of(folder, "dns:elsewhere.example");
    }

    private static OpenEndpoint serve(TestTls tls) throws Exception {
        return OpenEndpoint.of(WebSocketServer.builder().tls(tls.server()));
    }

    private static WebSocketClientBuilder to(OpenEndpoint server) {
        return WebSocketClientEndpoint.builder("upstream").uri("wss://localhost:" + server.port() + "/chat");
    }

    private static String line(OpenEndpoint server, String why) {
        return "endpoint 'upstream' cannot connect to wss://localhost:" + server.port() + "/chat: " + why;
    }

    private static void assertTalks(OpenEndpoint server, OpenClient client) {
        server.awaitSessions(1);
        String large = "x".repeat(300_000);
        assertThat(client.send(large).join()).isEqualTo(Outcome.delivered());
        assertThat(server.inbox().texts()).containsExactly(large);
        server.send(large);
        await().until(() -> client.inbox().count() == 1);
        assertThat(client.inbox().texts()).containsExactly(large);
    }

    @Test
    void messagesGoBothWays() throws Exception {
        try (OpenEndpoint server = serve(here);
                OpenClient client = OpenClient.of(to(server).tls(here.client()))) {
            assertTalks(server, client);
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws Exception {
        try (OpenEndpoint server = serve(elsewhere)) {
            assertThat(OpenClient.failure(to(server).tls(elsewhere.client())))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageStartingWith(line(server, "TLS: the certificate is not for host 'localhost' ("));
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        try (OpenEndpoint server = serve(here)) {
            assertThat(OpenClient.failure(to(server)))
                    .isInstanceOf(EndpointException.class)
                    .hasMessage(line(server, "TLS: the certificate is not trusted (give its authority with tls(…))"));
        }
    }

    @Test
    void aServerWithoutTlsIsTold() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // The client has left.
                }
            });
            answering.start();
            String uri = "wss://127.0.0.1:" + server.getLocalPort() + "/";
            assertThat(OpenClient.failure(
                            WebSocketClientEndpoint.builder("upstream").uri(uri).tls(here.client())))
                    .hasMessage("endpoint 'upstream' cannot connect to " + uri
                            + ": TLS: the server does not speak TLS on this port (expected: ws://, or another port)");
            answering.join();
        }
    }

    @Test
    void aProxyIsPassedAndTheHostIsStillChecked() throws Exception {
        try (OpenEndpoint server = serve(here);
                TunnelProxy proxy = TunnelProxy.open()) {
            try (OpenClient client =
                    OpenClient.of(to(server).tls(here.client()).proxy("http://me:secret@127.0.0.1:" + proxy.port()))) {
                assertTalks(server, client);
                assertThat(proxy.request())
                        .startsWith("CONNECT localhost:" + server.port() + " HTTP/1.1\r\n")
                        .contains("Proxy-Authorization: Basic bWU6c2VjcmV0\r\n");
            }
        }
        try (OpenEndpoint server = serve(elsewhere);
                TunnelProxy proxy = TunnelProxy.open()) {
            assertThat(OpenClient.failure(to(server).tls(elsewhere.client()).proxy("http://127.0.0.1:" + proxy.port())))
                    .hasMessageStartingWith(line(server, "TLS: the certificate is not for host 'localhost' ("));
        }
    }

    @Test
    void aProxyIsPassedWithoutTls() throws Exception {
        try (OpenEndpoint server = OpenEndpoint.withDefaults();
                TunnelProxy proxy = TunnelProxy.open();
                OpenClient client = OpenClient.of(WebSocketClientEndpoint.builder("upstream")
                        .uri(server.uri().toString())
                        .proxy("http://127.0.0.1:" + proxy.port()))) {
            assertTalks(server, client);
        }
    }

    @Test
    void aProxyThatRefusesIsNamedWithoutItsPassword() throws Exception {
        try (RawServer proxy = RawServer.refusing("407 Proxy Authentication Required")) {
            assertThat(OpenClient.failure(WebSocketClientEndpoint.builder("upstream")
                            .uri("ws://server.example/feed?token=secret")
                            .proxy("http://me:secret@127.0.0.1:" + proxy.port())))
                    .isInstanceOf(EndpointException.class)
                    .hasMessage("endpoint 'upstream' cannot connect to ws://server.example/feed: the proxy"
                            + " http://127.0.0.1:" + proxy.port() + ": answered 407: it wants a user and a password");
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() throws Exception {
        try (RawServer gone = RawServer.upgrading()) {
            int port = gone.port();
            gone.close();
            assertThat(OpenClient.failure(WebSocketClientEndpoint.builder("upstream")
                            .uri("ws://server.example/feed")
                            .proxy("http://127.0.0.1:" + port)))
                    .hasMessage("endpoint 'upstream' cannot connect to ws://server.example/feed: the proxy"
                            + " http://127.0.0.1:" + port + ": connection refused (expected: a server that listens"
                            + " there)");
        }
    }
}
