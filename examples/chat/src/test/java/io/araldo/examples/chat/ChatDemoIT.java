package io.araldo.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.ThreadLeakExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ThreadLeakExtension.class)
class ChatDemoIT {
    @Test
    void portInUseEndsItWith1AndOneLine() throws Exception {
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RedisServerProcess redis = RedisServerProcess.start()) {
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            assertThat(ChatDemo.run(Integer.toString(taken.getLocalPort()), redis.uri()))
                    .isEqualTo(1);
            assertThat(said.toString(StandardCharsets.UTF_8).lines())
                    .singleElement()
                    .asString()
                    .startsWith("The chat did not start: endpoint 'browsers': cannot listen on 127.0.0.1:"
                            + taken.getLocalPort() + ": ");
        } finally {
            System.setErr(err);
        }
    }
}
