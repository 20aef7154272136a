package io.araldo.config;

import io.araldo.Marshaller;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The marshallers that settings may name: instances of the file, and plugins that need no settings by their ids. */
final class MarshallerNames {
    private final Map<String, Optional<Marshaller>> instances = new LinkedHashMap<>();
    private final Map<String, Plugin<Marshaller, ?>> bare = new LinkedHashMap<>();
    private final ProviderContext context;

    MarshallerNames(Plugins<Marshaller> plugins, ProviderContext context) {
        this.context = context;
        plugins.bare().forEach(plugin -> bare.put(plugin.id(), plugin));
    }

    /** For settings that name no marshallers. */
    static MarshallerNames none() {
        return new MarshallerNames(
                new Plugins<>("marshaller", Map.of(), Map.of()), new LoadContext(OptionalInt.empty()));
    }

    /** Adds what the file has; an instance hides a plugin whose id it has for a name. */
    void add(Group<Marshaller> group) {
        group.names().forEach(name -> instances.put(name, group.find(name).map(Made::value)));
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(instances.keySet());
        names.addAll(bare.keySet());
        return names;
    }

    boolean isKnown(String name) {
        return instances.containsKey(name) || bare.containsKey(name);
    }

    /** What to write where an envelope is needed: an instance of the file that is one, or else the id of the core's. */
    String envelope() {
        return instances.entrySet().stream()
                .filter(each -> each.getValue().filter(Marshaller::isEnvelope).isPresent())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(JsonProvider.ID);
    }

    /** Empty if it has a mistake, which is noted already. May throw what the plugin throws. */
    Optional<Marshaller> find(String name, Binder binder) {
        Optional<Marshaller> instance = instances.get(name);
        Plugin<Marshaller, ?> plugin = bare.get(name);
        if (instance != null || plugin == null) {
            return instance == null ? Optional.empty() : instance;
        }
        Node.Fields none = new Node.Fields(Position.NOWHERE, Map.of());
        return plugin.draft(name, new Place(none, "", List.of()), binder)
                .map(draft -> draft.maker().apply(context).value());
    }
}
