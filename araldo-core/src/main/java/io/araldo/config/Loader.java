package io.araldo.config;

import io.araldo.Endpoint;
import io.araldo.Marshaller;
import io.araldo.RelayPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Turns the tree of one file into a {@link RelayConfig}, and notes all mistakes on the way. For one thread, once. */
final class Loader {
    private static final String GLOBAL = "global";
    private static final String PLUGINS = "plugins";
    private static final String ROUTES = "routes";
    private static final String MARSHALLERS = "araldo.marshalling";
    private static final String ENDPOINTS = "araldo.endpoints.endpoint";
    private static final Settings<GlobalSettings> GLOBAL_SETTINGS = Settings.of(GlobalSettings.class);
    private static final GlobalSettings STAND_IN = new GlobalSettings(Optional.of(0), LogLevel.INFO);

    private final String file;
    private final Problems problems;

    Loader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** @throws ConfigException if there was a mistake, here or noted before */
    RelayConfig load(Node root) {
        if (!(root instanceof Node.Fields written)) {
            throw problems.fatal(root.at(), "", "found " + root.found() + "; write the sections plugins and routes");
        }
        Node.Fields sections = known(written, "no section is called", "sections", "", List.of(GLOBAL, PLUGINS, ROUTES));
        GlobalSettings global = global(sections);
        Instances instances = instances(sections, global);
        Optional<RelayPlan> plan = plan(sections, instances);
        problems.report();
        return new RelayConfig(file, plan.orElseThrow(), global.logLevel());
    }

    private Node.Fields known(Node.Fields fields, String lead, String plural, String path, List<String> known) {
        Keys keys = new Keys(fields, known);
        keys.report(lead, plural, path, problems);
        return keys.mended();
    }

    /** Something to go on with if it has mistakes, so that nothing else is found wrong for that. */
    private GlobalSettings global(Node.Fields sections) {
        Node.Fields written = section(sections, GLOBAL, GLOBAL, "server-port and log-level, or leave it out");
        if (written == null) {
            written = new Node.Fields(sections.at(), Map.of());
        }
        Node.Fields fields = known(written, "global has no setting", "settings", GLOBAL, GLOBAL_SETTINGS.keys());
        return new Binder(MarshallerNames.none(), problems)
                .bind(GLOBAL_SETTINGS, new Place(fields, GLOBAL, GLOBAL_SETTINGS.specs()))
                .orElse(STAND_IN);
    }

    /** What the section plugins has. */
    private record Instances(Group<Endpoint> endpoints, MarshallerNames marshallers) {}

    private Instances instances(Node.Fields sections, GlobalSettings global) {
        LoadContext context =
                new LoadContext(global.serverPort().map(OptionalInt::of).orElseGet(OptionalInt::empty));
        Plugins<Marshaller> marshalling = Plugins.marshallers();
        MarshallerNames names = new MarshallerNames(marshalling, context);
        Binder binder = new Binder(names, problems);
        Group<Marshaller> marshallers = new Group<>(marshalling, binder, problems);
        Group<Endpoint> endpoints = new Group<>(Plugins.endpoints(), binder, problems);

        Node.Fields groups = groups(sections);
        if (groups != null) {
            read(groups, MARSHALLERS, marshallers);
            marshallers.make(context);
            names.add(marshallers);
            read(groups, ENDPOINTS, endpoints);
            endpoints.make(context);
        }
        return new Instances(endpoints, names);
    }

    private Node.@Nullable Fields groups(Node.Fields sections) {
        String wanted = "the groups of plugins, " + ENDPOINTS + " at least";
        Node.Fields written =
                required(sections, PLUGINS, PLUGINS, wanted) ? section(sections, PLUGINS, PLUGINS, wanted) : null;
        if (written == null) {
            return null;
        }
        Node.Fields groups =
                known(written, "no group of plugins is called", "groups", PLUGINS, List.of(MARSHALLERS, ENDPOINTS));
        required(groups, ENDPOINTS, PLUGINS + "." + ENDPOINTS, "a list of endpoints, each with a name and an id");
        return groups;
    }

    private <T> void read(Node.Fields groups, String name, Group<T> group) {
        Node.Entry entry = groups.get(name);
        if (entry != null) {
            group.read(entry, PLUGINS + "." + name);
        }
    }

    private Optional<RelayPlan> plan(Node.Fields sections, Instances instances) {
        String wanted = "for each source the list of its targets";
        Node.Fields written =
                required(sections, ROUTES, ROUTES, wanted) ? section(sections, ROUTES, ROUTES, wanted) : null;
        if (written == null) {
            return Optional.empty();
        }
        if (written.entries().isEmpty()) {
            problems.add(sections.at(ROUTES), ROUTES, "found " + written.found() + "; write " + wanted);
        }
        Routes routes = new Routes(instances.endpoints(), instances.marshallers(), problems);
        routes.read(written, ROUTES);
        return routes.plan(sections.at(ROUTES));
    }

    /** Whether a key is there; noted if not. */
    private boolean required(Node.Fields fields, String key, String path, String wanted) {
        if (fields.get(key) == null) {
            problems.add(fields.at(), path, "missing; write " + wanted);
            return false;
        }
        return true;
    }

    private Node.@Nullable Fields section(Node.Fields fields, String key, String path, String wanted) {
        Node.Entry entry = fields.get(key);
        if (entry == null || entry.value() instanceof Node.Fields) {
            return entry == null ? null : (Node.Fields) entry.value();
        }
        problems.add(entry.at(), path, "found " + entry.value().found() + "; write " + wanted);
        return null;
    }
}
