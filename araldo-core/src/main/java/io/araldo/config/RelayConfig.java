package io.araldo.config;

import io.araldo.AraldoException;
import io.araldo.Endpoint;
import io.araldo.RelayPlan;
import io.araldo.Route;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A relay that a YAML file describes: an immutable value, the same as code makes with {@link io.araldo.Relay#builder}.
 *
 * <p>The sections are {@code global}, {@code plugins} and {@code routes}; {@code docs/configuration.md} has them all.
 * Nothing is opened. What reads a file may be called from any thread, and blocks for as long as reading takes.
 *
 * <p>Files are not trusted: at most 1 MiB, one document, no tags and no aliases, bounded depth. Variables of the
 * environment, {@code ${NAME}} and {@code ${NAME:-default}}, are replaced in values.
 */
public final class RelayConfig {
    private final String file;
    private final RelayPlan plan;
    private final LogLevel logLevel;

    RelayConfig(String file, RelayPlan plan, LogLevel logLevel) {
        this.file = file;
        this.plan = plan;
        this.logLevel = logLevel;
    }

    /** {@link #read(Path)}, and of that the {@link #plan}. */
    public static RelayPlan load(Path file) {
        return read(file).plan();
    }

    /**
     * Reads a file, with the variables of the environment.
     *
     * @throws ConfigException if it cannot be read or has mistakes; it names all of them
     * @throws AraldoException if Jackson is missing or a plugin is defective; the message says what to do
     */
    public static RelayConfig read(Path file) {
        return read(file, System::getenv);
    }

    /**
     * Reads a file; see {@link #read(Path)}.
     *
     * @param environment the value of a variable; {@code null} if it is not defined
     */
    public static RelayConfig read(Path file, Function<String, @Nullable String> environment) {
        Problems problems = new Problems(file.toString());
        return load(file.toString(), new ConfigText(problems).read(file), environment, problems);
    }

    /**
     * Reads a text; see {@link #read(Path)}.
     *
     * @param file what messages call it
     * @param environment the value of a variable; {@code null} if it is not defined
     */
    public static RelayConfig parse(String file, String text, Function<String, @Nullable String> environment) {
        Problems problems = new Problems(file);
        return load(file, new ConfigText(problems).checked(text), environment, problems);
    }

    static RelayConfig load(
            String file, String text, Function<String, @Nullable String> environment, Problems problems) {
        Node root = YamlSupport.read(text, new Variables(environment), problems);
        return new Loader(file, problems).load(root);
    }

    /** The routes; {@link RelayPlan#toBuilder} adds what a file does not say: a name, a consumer of events. */
    public RelayPlan plan() {
        return plan;
    }

    /** How much a program that runs this should log; {@link LogLevel#INFO} where the file does not say. */
    public LogLevel logLevel() {
        return logLevel;
    }

    /**
     * An endpoint that a route names, to use it from code: {@code endpoint("app", LocalEndpoint.class)}.
     *
     * @throws AraldoException if no route names it, or it is of another type
     */
    public <E extends Endpoint> E endpoint(String name, Class<E> type) {
        return plan.endpoints().stream()
                .filter(endpoint -> endpoint.name().equals(name) && type.isInstance(endpoint))
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new AraldoException("no route of " + file + " names a " + type.getSimpleName()
                        + " '" + name + "' (expected: one of "
                        + plan.endpoints().stream().map(Endpoint::name).collect(Collectors.joining(", ")) + ")"));
    }

    /** For people: the file, the level and the routes. */
    @Override
    public String toString() {
        String routes = plan.routes().stream().map(Route::name).collect(Collectors.joining(", "));
        return "RelayConfig[" + file + ", log-level " + logLevel.name().toLowerCase(Locale.ROOT) + ", routes " + routes
                + "]";
    }
}
