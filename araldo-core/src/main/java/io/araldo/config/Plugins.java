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
        try {
            ServiceLoader.load(EndpointProvider.class)
                    .forEach(provider -> found.add(Plugin.of((EndpointProvider<?>) provider)));
        } catch (ServiceConfigurationError e) {
            throw broken(e);
        }
        return new Plugins<>("endpoint", byId(found), OURS);
    }

    static Plugins<Marshaller> marshallers() {
        List<Plugin<Marshaller, ?>> found =
                new ArrayList<>(List.of(Plugin.of(new JsonProvider()), Plugin.of(new RawProvider())));
        try {
            ServiceLoader.load(MarshallerProvider.class)
                    .forEach(provider -> found.add(Plugin.of((MarshallerProvider<?>) provider)));
        } catch (ServiceConfigurationError e) {
            throw broken(e);
        }
        return new Plugins<>("marshaller", byId(found), Map.of());
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

    private static AraldoException broken(ServiceConfigurationError e) {
        return new AraldoException(
                "a plugin cannot be loaded: " + e.getMessage()
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
