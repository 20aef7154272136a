package io.araldo.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class RedisServerProcessTest {
    private static Socket connect(RedisServerProcess redis) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String ask(Socket socket, String command, int replyBytes) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
        return new String(socket.getInputStream().readNBytes(replyBytes), US_ASCII);
    }

    @Test
    void startedServerAnswers() throws IOException {
        try (RedisServerProcess redis = RedisServerProcess.start();
                Socket socket = connect(redis)) {
            assertThat(ask(socket, "PING", 5)).isEqualTo("+PONG");
            assertThat(redis.uri()).isEqualTo("redis://127.0.0.1:" + redis.port());
        }
    }

    @Test
    void killedServerIsGoneAndComesBackOnTheSamePort() throws IOException {
        try (RedisServerProcess redis = RedisServerProcess.start()) {
            try (Socket socket = connect(redis)) {
                assertThat(ask(socket, "SET a b", 3)).isEqualTo("+OK");
                redis.kill();
                assertThat(socket.getInputStream().readAllBytes()).isEqualTo("\r\n".getBytes(US_ASCII));
            }
            assertThatThrownBy(() -> connect(redis)).isInstanceOf(ConnectException.class);
            redis.restart();
            try (Socket socket = connect(redis)) {
                assertThat(ask(socket, "EXISTS a", 2)).isEqualTo(":0");
            }
        }
    }

    @Test
    void frozenServerHearsAndAnswersLater() throws IOException {
        try (RedisServerProcess redis = RedisServerProcess.start();
                Socket socket = connect(redis)) {
            redis.freeze();
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> ask(socket, "PING", 5)).isInstanceOf(SocketTimeoutException.class);
            redis.thaw();
            socket.setSoTimeout(10_000);
            assertThat(new String(socket.getInputStream().readNBytes(5), US_ASCII))
                    .isEqualTo("+PONG");
        }
    }

    @Test
    void settingsAreThoseOfTheCommandLine() throws IOException {
        try (RedisServerProcess redis = RedisServerProcess.start("--requirepass", "secret");
                Socket socket = connect(redis)) {
            assertThat(ask(socket, "PING", 7)).isEqualTo("-NOAUTH");
        }
    }

    @Test
    void commandLineClientCallsCommandsAndReadsWhatItSubscribedTo() {
        try (RedisServerProcess redis = RedisServerProcess.start();
                RedisCli cli = RedisCli.connect(redis.port());
                RedisCli subscriber = RedisCli.connect(redis.port())) {
            assertThat(cli.call("SET", "key", "w\u00f6rld")).isEqualTo("OK");
            assertThat(cli.call("MGET", "key", "none")).isEqualTo("w\u00f6rld\n");
            assertThat(cli.call("NO-SUCH")).startsWith("-ERR unknown command");
            assertThat(subscriber.call("SUBSCRIBE", "news")).isEqualTo("subscribe\nnews\n1");
            assertThat(cli.publish("news", new byte[] {'h', 'i'})).isEqualTo(1);
            assertThat(subscriber.next()).isEqualTo("message\nnews\nhi");
        }
    }

    @Test
    void serverThatDoesNotStartSaysWhy() {
        assertThatThrownBy(() -> RedisServerProcess.start("--no-such-setting", "1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("redis-server did not start: ")
                .hasMessageContaining("no-such-setting");
    }
}
