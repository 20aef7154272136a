package io.araldo.examples.backend;

import io.araldo.AraldoException;
import io.araldo.Relay;

/** An application that answers in capitals. Argument: the port. */
public final class BackendDemo {
    private BackendDemo() {}

    public static void main(String[] arguments) throws InterruptedException {
        // Not a return: Maven, in whose JVM this runs, would go on to build what comes next.
        System.exit(run(arguments));
    }

    /** Runs until a signal ends it: 0; or 1, if it could not start. What was started is stopped by then. */
    static int run(String... arguments) throws InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 54_323;
        try (Relay relay = new Backend(port).relay().start()) {
            System.out.println("Backend:  http://localhost:" + port + "/");
            relay.awaitTermination();
            return 0;
        } catch (AraldoException e) {
            System.err.println("The backend did not start: " + e.getMessage());
            return 1;
        }
    }
}
