package io.araldo.examples.push;

import io.araldo.AraldoException;
import io.araldo.Relay;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Sends the time to all browsers every second, and whatever is published to {@code alerts}. Arguments: port, Redis. */
public final class PushDemo {
    private PushDemo() {}

    public static void main(String[] arguments) throws InterruptedException {
        // Not a return: Maven, in whose JVM this runs, would go on to build what comes next.
        System.exit(run(arguments));
    }

    /** Runs until a signal ends it: 0; or 1, if it could not start. What was started is stopped by then. */
    static int run(String... arguments) throws InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 54_322;
        String redis = arguments.length > 1 ? arguments[1] : "redis://localhost:6379";
        Push push = new Push(port);
        try (Relay relay = push.relay(redis).start()) {
            System.out.println("Push:   http://localhost:" + port + "/");
            System.out.println("Redis:  " + redis + "  (try: redis-cli PUBLISH alerts fire)");
            do {
                push.ticker.send(LocalTime.now(ZoneId.systemDefault())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
            } while (!relay.awaitTermination(Duration.ofSeconds(1)));
            return 0;
        } catch (AraldoException e) {
            System.err.println("Push did not start: " + e.getMessage());
            return 1;
        }
    }
}
