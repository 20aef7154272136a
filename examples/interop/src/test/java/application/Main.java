package application;

import io.araldo.AraldoException;
import io.araldo.Relay;
import io.araldo.config.RelayConfig;
import java.nio.file.Path;

/** An application that knows Araldo, and nothing of MQTT. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (Relay relay = RelayConfig.load(Path.of(arguments[0])).start()) {
            System.out.println("started");
            relay.awaitTermination();
        } catch (AraldoException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
