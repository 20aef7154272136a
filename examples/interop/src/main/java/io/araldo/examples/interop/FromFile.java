package io.araldo.examples.interop;

import io.araldo.AraldoException;
import io.araldo.Relay;
import io.araldo.config.RelayConfig;
import java.nio.file.Path;

/** Runs the relay that a YAML file describes, until it is killed. Argument: the file. */
public final class FromFile {
    private FromFile() {}

    public static void main(String[] arguments) throws InterruptedException {
        // region from-file
        try (Relay relay = RelayConfig.load(Path.of(arguments[0])).start()) {
            System.out.println("started");
            relay.awaitTermination();
        } catch (AraldoException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        // endregion
    }
}
