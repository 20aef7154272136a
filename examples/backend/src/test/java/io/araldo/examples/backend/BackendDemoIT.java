package io.araldo.examples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ThreadLeakExtension.class)
class BackendDemoIT {
    @Test
    void portInUseEndsItWith1AndOneLine() throws Exception {
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            assertThat(BackendDemo.run(Integer.toString(taken.getLocalPort()))).isEqualTo(1);
            assertThat(said.toString(StandardCharsets.UTF_8).lines())
                    .singleElement()
                    .asString()
                    .startsWith("The backend did not start: endpoint 'browsers': cannot listen on 127.0.0.1:"
                            + taken.getLocalPort() + ": ");
        } finally {
            System.setErr(err);
        }
    }
}
