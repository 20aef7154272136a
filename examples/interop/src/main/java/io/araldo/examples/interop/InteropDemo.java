package io.araldo.examples.interop;

import io.araldo.AraldoException;
import io.araldo.Relay;
import java.io.IOException;

/** Starts a broker and the relay. Arguments, all optional: the port of the page, the URI of a Redis, that of a broker. */
public final class InteropDemo {
    private static final int STANDARD_PORT = 1_883;

    private InteropDemo() {}

    public static void main(String[] arguments) throws InterruptedException {
        // Not a return: Maven, in whose JVM this runs, would go on to build what comes next.
        System.exit(run(arguments));
    }

    /** Runs until a signal ends it: 0; or 1, if it could not start. What was started is stopped by then. */
    static int run(String... arguments) throws InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 54_324;
        String redis = arguments.length > 1 ? arguments[1] : "redis://localhost:6379";
        if (arguments.length > 2) {
            return relay(port, redis, arguments[2]);
        }
        try (DemoBroker broker = DemoBroker.start(STANDARD_PORT)) {
            return relay(port, redis, broker.uri());
        } catch (IOException e) {
            System.err.println("The broker did not start on port " + STANDARD_PORT + ": " + e.getMessage());
            return 1;
        }
    }

    private static int relay(int port, String redis, String mqtt) throws InterruptedException {
        try (Relay relay =
                Interop.relay(mqtt, redis, Interop.server(port)).name("plant").start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(relay::close, "plant-shutdown"));
            System.out.println("Page:   http://localhost:" + port + "/");
            System.out.println(
                    "MQTT:   mosquitto_pub -t plant/readings/boiler -m 71    mosquitto_sub -t plant/commands");
            System.out.println("Redis:  redis-cli SUBSCRIBE plant.readings    redis-cli PUBLISH plant.commands stop");
            relay.awaitTermination();
            return 0;
        } catch (AraldoException e) {
            System.err.println("The plant did not start: " + e.getMessage());
            return 1;
        }
    }
}
