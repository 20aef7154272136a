package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.araldo.Link;
import io.araldo.Outcome;
import io.araldo.testing.RecordingInbox;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.ThreadLeakExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ThreadLeakExtension.class)
class PubSubTlsTest {
    private static RedisServerProcess redis;
    private static int port;

    private final Links links = new Links();
    private final RecordingInbox inbox = new RecordingInbox();

    @BeforeAll
    static void startRedis(@TempDir Path dir) throws Exception {
        try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        SelfSigned certificate = SelfSigned.create(dir);
        redis = RedisServerProcess.start(
                "--tls-port",
                "" + port,
                "--tls-cert-file",
                certificate.certificate().toString(),
                "--tls-key-file",
                certificate.key().toString(),
                "--tls-auth-clients",
                "no");
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @AfterEach
    void close() {
        links.close();
    }

    private Link open(String uri) {
        RedisPubSubEndpoint bus =
                RedisPubSubEndpoint.builder("bus").uri(uri).channel("chat").build();
        return links.open(bus, inbox);
    }

    @Test
    void messagesGoBothWaysOverTls() {
        Link link = open("rediss://127.0.0.1:" + port + "?verifyPeer=NONE");
        assertThat(link.address()).hasToString("rediss://127.0.0.1:" + port);
        assertThat(Links.send(link, "hello").join()).isEqualTo(Outcome.delivered());
        await().untilAsserted(() -> assertThat(inbox.texts()).containsExactly("hello"));
    }

    @Test
    void certificateMustBeTrustedUnlessToldOtherwise() {
        assertThatThrownBy(() -> open("rediss://127.0.0.1:" + port))
                .rootCause()
                .hasMessageContaining("unable to find valid certification path");
        assertThatThrownBy(() -> open("rediss://127.0.0.1:" + port))
                .cause()
                .hasMessageStartingWith(
                        "redis endpoint 'bus': cannot open rediss://127.0.0.1:" + port + ": TLS failed, ")
                .hasMessageEndingWith("; does this JVM trust its certificate (javax.net.ssl.trustStore)?");
    }

    @Test
    void plainConnectionToAPortForTlsIsToldSo() {
        assertThatThrownBy(() -> open("redis://127.0.0.1:" + port))
                .cause()
                .hasMessage("redis endpoint 'bus': cannot open redis://127.0.0.1:" + port
                        + ": connected, but closed before the first answer;"
                        + " is it a Redis, and its port one for TLS exactly if the uri says rediss?");
    }
}
