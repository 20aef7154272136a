package io.araldo.examples.standalone;

import io.araldo.AraldoException;
import io.araldo.Endpoint;
import io.araldo.EndpointException;
import io.araldo.Ledger.RouteCount;
import io.araldo.Relay;
import io.araldo.RelayPlan;
import io.araldo.Route;
import io.araldo.config.LogLevel;
import io.araldo.config.RelayConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code java -jar araldo.jar}: runs the relay that a configuration file describes, until a signal ends it. */
@Command(
        name = "araldo",
        description = "Relays messages between the endpoints that a configuration file names.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine",
            "1:the relay could not start; a line for each endpoint says why",
            "2:the command line or the file is wrong; a line for each mistake of the file"
        })
public final class Main implements Callable<Integer> {
    private static final int FINE = 0;
    private static final int NOT_STARTED = 1;
    private static final int WRONG = 2;

    /** How long what is on its way may take at the end; less than what orchestrators give a process. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Option(
            names = {"-c", "--config"},
            paramLabel = "CONFIG",
            description = "The configuration file; unless given, ${DEFAULT-VALUE} in the current directory.")
    private Path config = Path.of("araldo.yaml");

    @Option(names = "--check", description = "Check the file, and exit.")
    private boolean check;

    @Option(names = "--graph", description = "Print the relay as a Mermaid drawing, and exit.")
    private boolean graph;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help, and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        RelayConfig read;
        try {
            read = RelayConfig.read(config);
        } catch (AraldoException e) {
            return fail(e, WRONG);
        }
        if (graph) {
            System.out.print(read.plan().toMermaid());
        }
        if (graph || check) {
            return FINE;
        }
        return run(read.plan(), read.logLevel());
    }

    private static int fail(AraldoException e, int exitCode) {
        System.err.println(e.getMessage());
        return exitCode;
    }

    private static int run(RelayPlan plan, LogLevel level) throws InterruptedException {
        CompletableFuture<Relay> running = new CompletableFuture<>();
        // Before the start, which may take a while: a signal that comes meanwhile ends the process at once.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.thenAccept(Main::stop), "araldo-stop"));
        // What opens is printed below; the default level need not log it as well.
        LogLevels.apply(level == LogLevel.INFO ? LogLevel.WARNING : level);
        try (Relay relay = plan.start()) {
            running.complete(relay);
            LogLevels.apply(level);
            tell(relay);
            relay.awaitTermination();
            return FINE;
        } catch (AraldoException e) {
            return fail(e, NOT_STARTED);
        }
    }

    private static void tell(Relay relay) {
        relay.plan().endpoints().forEach(endpoint -> System.out.println(place(relay, endpoint)));
        relay.plan().routes().forEach(route -> System.out.println(drawn(route)));
        System.out.println("Araldo runs; Ctrl-C ends it.");
    }

    private static String place(Relay relay, Endpoint endpoint) {
        try {
            return endpoint.name() + " at " + relay.address(endpoint);
        } catch (EndpointException e) {
            // Lost since the start; the relay is reopening it.
            return String.valueOf(e.getMessage());
        }
    }

    /** Routes of files have one target. */
    private static String drawn(Route route) {
        return route.source().name() + " -> " + route.targets().get(0).name();
    }

    private static void stop(Relay relay) {
        relay.drain(PATIENCE);
        for (Route route : relay.plan().routes()) {
            RouteCount count = relay.ledger().route(route.name());
            System.out.println(drawn(route) + ": " + Totals.of(count));
        }
    }
}
