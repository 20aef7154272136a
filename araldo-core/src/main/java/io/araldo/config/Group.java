package io.araldo.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one group of plugins: first read, then made.
 *
 * @param <T> what they are
 */
final class Group<T> {
    /** What every instance has, whatever it is. */
    record Head(
            @Setting(
                    value = "How the rest of the file names it.",
                    pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
                    expected = "1 to 64 letters, digits, '.', '_' or '-', the first a letter or a digit",
                    example = "a-name-of-yours")
            String name,

            @Setting(value = "The plugin that it is an instance of.", expected = "the id of a plugin")
            String id) {}

    private static final List<SettingSpec> HEAD = Settings.of(Head.class).specs();
    private static final SettingSpec NAME = HEAD.get(0);
    private static final SettingSpec ID = HEAD.get(1);
    private static final List<String> HEAD_KEYS = List.of(NAME.key(), ID.key());

    private final Plugins<T> plugins;
    private final Binder binder;
    private final Problems problems;

    /** Where each name stands, whether or not the rest is right. */
    private final Map<String, Position> names = new LinkedHashMap<>();

    /** Whether the file has a list of instances, with whatever mistakes. */
    private boolean isRead;

    private final List<Draft<T>> drafts = new ArrayList<>();
    private final Map<String, Made<T>> made = new HashMap<>();

    Group(Plugins<T> plugins, Binder binder, Problems problems) {
        this.plugins = plugins;
        this.binder = binder;
        this.problems = problems;
    }

    /** The names that the file gives, in its order. */
    Collection<String> names() {
        return names.keySet();
    }

    /** Whether it is sure that the file has no such instance. */
    boolean isUnknown(String name) {
        return isRead && !names.containsKey(name);
    }

    /** Empty if it could not be made. */
    Optional<Made<T>> find(String name) {
        return Optional.ofNullable(made.get(name));
    }

    void read(Node.Entry section, String path) {
        if (!(section.value() instanceof Node.Items items)) {
            problems.add(
                    section.at(),
                    path,
                    "found " + section.value().found() + "; write a list of " + plugins.noun()
                            + "s, each with a name and an id");
            return;
        }
        isRead = true;
        for (int i = 0; i < items.items().size(); i++) {
            Node item = items.items().get(i);
            String inner = path + "[" + i + "]";
            if (item instanceof Node.Fields fields) {
                instance(fields, inner);
            } else {
                problems.add(item.at(), inner, "found " + item.found() + "; write keys with values, name and id first");
            }
        }
    }

    private void instance(Node.Fields written, String path) {
        Place head = new Place(new Keys(written, HEAD_KEYS).mended(), path, HEAD);
        String name = name(head);
        String id = (String) binder.value(ID, head);
        if (id == null) {
            return;
        }
        Plugin<T, ?> plugin = plugins.get(id);
        if (plugin == null) {
            problems.add(head.fields().at(ID.key()), head.path(ID), () -> plugins.explain(id, head.written(ID)));
        } else {
            settings(plugin, name, written, path);
        }
    }

    private void settings(Plugin<T, ?> plugin, @Nullable String name, Node.Fields written, String path) {
        Settings<?> settings = plugin.settings();
        List<String> known = new ArrayList<>(HEAD_KEYS);
        known.addAll(settings.keys());
        Keys keys = new Keys(written, known);
        keys.report(plugin.id() + " has no setting", "settings", path, problems);
        Place place = new Place(keys.mended(), path, settings.specs());
        plugin.draft(String.valueOf(name), place, binder)
                .filter(draft -> name != null)
                .ifPresent(drafts::add);
    }

    private @Nullable String name(Place place) {
        String name = (String) binder.value(NAME, place);
        Position at = place.fields().at(NAME.key());
        Position first = name == null ? null : names.putIfAbsent(name, at);
        if (first != null) {
            problems.add(
                    at,
                    place.path(NAME),
                    "the " + plugins.noun() + " at " + first + " is also named " + Shown.quoted(String.valueOf(name))
                            + "; give each a name of its own");
        }
        return name;
    }

    /** Makes what was read, when the context knows it all. */
    void make(LoadContext context) {
        drafts.forEach(draft -> context.add(draft.settings()));
        drafts.forEach(draft -> make(draft, context));
    }

    private void make(Draft<T> draft, ProviderContext context) {
        try {
            made.putIfAbsent(draft.name(), draft.maker().apply(context));
        } catch (RuntimeException | LinkageError e) {
            draft.place().refuse(e, problems);
        }
    }
}
