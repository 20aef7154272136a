package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.testing.ThreadLeakExtension;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same over TLS. */
class TlsTest {
    @RegisterExtension
    static final ThreadLeakExtension LEAKS = ThreadLeakExtension.afterEachTest();

    private static final char[] PASSWORD = "for-tests".toCharArray();

    @TempDir
    static Path folder;

    private static SSLContext tls;
    private static HttpClient http;

    /** A certificate of its own, made by the JDK's tool. */
    @BeforeAll
    static void makeCertificate() throws Exception {
        Path store = folder.resolve("test.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process made = new ProcessBuilder(List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "test",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        http = HttpClient.newBuilder().sslContext(tls).build();
    }

    private static OpenEndpoint open() {
        return OpenEndpoint.of(WebSocketServer.builder().tls(tls).files("/", folder));
    }

    private static Client connect(OpenEndpoint open) throws Exception {
        Client client = Client.connect(http, open.uri(), List.of("Origin", "https://127.0.0.1:" + open.port()));
        open.awaitSessions(1);
        return client;
    }

    @Test
    void messagesTravelOverTls() throws Exception {
        int count = 2_000;
        try (OpenEndpoint open = open();
                Client client = connect(open)) {
            assertThat(open.uri()).hasToString("wss://127.0.0.1:" + open.port() + "/chat");
            client.send("x".repeat(200_000));
            await().until(() -> open.inbox().count() == 1);
            IntStream.range(0, count).forEach(i -> open.send(i + " " + "y".repeat(i)));
            await().until(() -> client.texts().size() == count);
            assertThat(IntStream.range(0, count))
                    .allMatch(i -> client.texts().get(i).equals(i + " " + "y".repeat(i)));
        }
    }

    /** All of it waits in one read: the session is held back while it is sent. */
    @Test
    void whatIsReadTogetherWithTheEndOfTlsIsTakenIn() throws Exception {
        int count = 1_000;
        byte[] frame = RawClient.frame(0x81, new byte[] {'x'});
        try (OpenEndpoint open = open();
                Socket client = tls.getSocketFactory().createSocket("127.0.0.1", open.port())) {
            OutputStream out = client.getOutputStream();
            out.write((RawClient.handshakeHead("/chat", open.port()) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            open.awaitSessions(1);
            open.inbox().fill();
            out.write(frame);
            await().until(() -> open.inbox().count() == 1);
            for (int i = 0; i < count; i++) {
                out.write(frame);
            }
            client.shutdownOutput();

            open.inbox().drain();

            await().until(() -> open.inbox().count() == 1 + count);
        }
    }

    @Test
    void filesAreServedOverTls() throws Exception {
        try (OpenEndpoint open = open()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + open.port() + "/test.p12"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofByteArray())
                            .body())
                    .isEqualTo(Files.readAllBytes(folder.resolve("test.p12")));
        }
    }

    @Test
    void aSessionIsHeldBackOverTls() throws Exception {
        int count = 3_000;
        try (OpenEndpoint open = open();
                Client client = connect(open)) {
            open.inbox().fill();
            client.sendAll(IntStream.range(0, count).mapToObj(i -> i + " " + "z".repeat(1_000)));
            await().during(Duration.ofMillis(500)).until(() -> open.inbox().count() < count);
            open.inbox().drain();
            await().until(() -> open.inbox().count() == count);
            assertThat(open.inbox().texts().get(count - 1)).startsWith((count - 1) + " z");
        }
    }

    @Test
    void aHandshakeOfTlsThatIsNotFinishedIsCutAfterFiveSeconds() throws Exception {
        try (OpenEndpoint open = open();
                RawClient silent = RawClient.open(open.port())) {
            silent.write(new byte[] {0x16, 3, 1});
            long begun = System.nanoTime();
            assertThat(silent.isAtEnd()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
        }
    }
}
