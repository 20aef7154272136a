package io.araldo.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.ThreadLeakExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InteropDemoIT {
    @RegisterExtension
    static final ThreadLeakExtension LEAKS = ThreadLeakExtension.afterEachTest().watching("MQTT");

    @Test
    void portInUseEndsItWith1AndALineForEachEndpoint() throws Exception {
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RedisServerProcess redis = RedisServerProcess.start();
                DemoBroker broker = DemoBroker.start(0)) {
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            assertThat(InteropDemo.run(Integer.toString(taken.getLocalPort()), redis.uri(), broker.uri()))
                    .isEqualTo(1);
            // The broker may be slow to answer on a busy machine, and that would be a line, too.
            assertThat(said.toString(StandardCharsets.UTF_8).lines())
                    .noneMatch(line -> line.startsWith("\tat "))
                    .anyMatch(line -> line.contains("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": "))
                    .first()
                    .asString()
                    .startsWith("The plant did not start: ");
        } finally {
            System.setErr(err);
        }
    }

    @Test
    void brokerWhosePortIsInUseStartsNothing() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> DemoBroker.start(taken.getLocalPort())).isInstanceOf(IOException.class);
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("Session Executor")));
    }
}
