package io.araldo.config;

import io.araldo.AraldoException;
import io.araldo.Endpoint;
import io.araldo.Marshaller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plugins of one kind that are installed: those of the core, and those that the context class loader of the thread
 * finds as services.
 *
 * @param noun what they make, for messages
 * @param byId sorted
 * @param elsewhere ids of ours that another module brings, with its Maven coordinates
 */
record Plugins<T>(String noun, Map<String, Plugin<T, ?>> byId, Map<String, String> elsewhere) {
    private static final Map<String, String> OURS = Map.of(
            "endpoint-redis", "io.araldo:araldo-redis",
            "endpoint-websocket", "io.araldo:araldo-websocket",
            "endpoint-websocket-client", "io.araldo:araldo-websocket");

    static Plugins<Endpoint> endpoints() {
        List<Plugin<Endpoint, ?>> found =
                new ArrayList<>(List.of(Plugin.of(new MockProvider()), Plugin.of(new LocalProvider())));
        find(EndpointProvider.class, provider -> found.add(Plugin.of((EndpointProvider<?>) provider)));
        return new Plugins<>("endpoint", byId(found), OURS);
    }

    static Plugins<Marshaller> marshallers() {
        List<Plugin<Marshaller, ?>> found =
                new ArrayList<>(List.of(Plugin.of(new JsonProvider()), Plugin.of(new RawProvider())));
        find(MarshallerProvider.class, provider -> found.add(Plugin.of((MarshallerProvider<?>) provider)));
        return new Plugins<>("marshaller", byId(found), Map.of());
    }

    /** @throws AraldoException if one cannot be loaded, or does not say what it is */
    private static <P> void find(Class<P> kind, Consumer<P> taker) {
        try {
            ServiceLoader.load(kind).forEach(provider -> take(provider, taker));
        } catch (ServiceConfigurationError | LinkageError e) {
            throw broken(e);
        }
    }

    /** What a provider answers is somebody else's code, and its record may have types that are not there. */
    private static <P> void take(P provider, Consumer<P> taker) {
        try {
            taker.accept(provider);
        } catch (AraldoException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new AraldoException(
                    "the plugin " + provider.getClass().getName() + " cannot be used: " + Shown.line(e.toString())
                            + " (expected: an id, a record of settings, and all that they need on the class path or"
                            + " module path)",
                    e);
        }
    }

    /** @throws AraldoException if two have the same id */
    static <T> Map<String, Plugin<T, ?>> byId(List<Plugin<T, ?>> found) {
        Map<String, Plugin<T, ?>> byId = new TreeMap<>();
        for (Plugin<T, ?> plugin : found) {
            Plugin<T, ?> other = byId.putIfAbsent(plugin.id(), plugin);
            if (other != null) {
                throw new AraldoException("two plugins have the id '" + plugin.id() + "', with the settings "
                        + other.settings().name() + " and " + plugin.settings().name()
                        + " (expected: one of them; take the other from the class path)");
            }
        }
        return byId;
    }

    private static AraldoException broken(Error e) {
        return new AraldoException(
                "a plugin cannot be loaded: " + (e instanceof LinkageError ? e : e.getMessage())
                        + (e.getCause() == null ? "" : ": " + e.getCause()) + " (expected: a public class with a public"
                        + " constructor, and all that it needs)",
                e);
    }

    @Nullable
    Plugin<T, ?> get(String id) {
        return byId.get(id);
    }

    /**
     * What to do about an id that no installed plugin has.
     *
     * @param written as in the file, to be shown: what a variable holds is not
     */
    String explain(String id, String written) {
        String lead = "no plugin has the id " + Shown.quoted(written);
        String installed = " (installed: " + String.join(", ", byId.keySet()) + ")";
        String module = elsewhere.get(id);
        if (module != null) {
            return "the plugin " + id + " is not installed; add the dependency " + module + installed;
        }
        TreeSet<String> all = new TreeSet<>(byId.keySet());
        all.addAll(elsewhere.keySet());
        return Nearest.to(id, all)
                .filter(near -> !byId.containsKey(near))
                .map(near -> lead + "; did you mean '" + near + "', for which to add the dependency "
                        + elsewhere.get(near) + "?" + installed)
                .orElseGet(() -> Nearest.explain(lead, id, "installed", byId.keySet()));
    }

    /** Those that need no settings, and so no instance either. */
    Stream<Plugin<T, ?>> bare() {
        return byId.values().stream()
                .filter(plugin -> plugin.settings().isAllOptional())
                .map(plugin -> plugin);
    }
}
