package io.araldo.examples.backend;

import io.araldo.AraldoException;
import io.araldo.Relay;

/** An application that answers in capitals. Argument: the port. */
public final class BackendDemo {
    private BackendDemo() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 54_323;
        try (Relay relay = new Backend(port).relay().start()) {
            System.out.println("Backend:  http://localhost:" + port + "/");
            relay.awaitTermination();
        } catch (AraldoException e) {
            System.err.println("The backend did not start:\n" + e.getMessage());
        }
    }
}
