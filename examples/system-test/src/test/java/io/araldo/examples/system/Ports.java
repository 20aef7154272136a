package io.araldo.examples.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports that were free a moment ago, for programs that must be told one before they start. */
final class Ports {
    private Ports() {}

    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
