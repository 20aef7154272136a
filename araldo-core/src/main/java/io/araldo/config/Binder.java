package io.araldo.config;

import io.araldo.AraldoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes records of settings from mappings, and notes what does not fit. */
final class Binder {
    private final MarshallerNames marshallers;
    private final Problems problems;

    Binder(MarshallerNames marshallers, Problems problems) {
        this.marshallers = marshallers;
        this.problems = problems;
    }

    /** Empty if there was a mistake, which is noted. */
    <S extends Record> Optional<S> bind(Settings<S> settings, Place place) {
        List<Object> values = new ArrayList<>();
        for (SettingSpec spec : settings.specs()) {
            Object value = value(spec, place);
            if (value != null) {
                values.add(spec.isOptional() && !(value instanceof Optional) ? Optional.of(value) : value);
            }
        }
        if (values.size() < settings.specs().size()) {
            return Optional.empty();
        }
        try {
            return Optional.of(settings.create(values));
        } catch (RuntimeException | LinkageError e) {
            place.refuse(e, problems);
            return Optional.empty();
        }
    }

    /** The value of one setting; {@code null} if there was a mistake, {@link Optional#empty} if it need not be there. */
    @Nullable
    Object value(SettingSpec spec, Place place) {
        Node.Entry entry = place.fields().get(spec.key());
        if (entry != null) {
            return read(spec, entry, place.path(spec));
        }
        if (spec.hasDefault()) {
            return defaultValue(spec);
        }
        if (spec.isOptional()) {
            return Optional.empty();
        }
        problems.add(place.fields().at(), place.path(spec), "missing; write " + spec.sample());
        return null;
    }

    private @Nullable Object read(SettingSpec spec, Node.Entry entry, String path) {
        if (entry.value() instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NOTHING) {
            String wayOut = spec.isRequired() ? "" : ", or take the key out";
            problems.add(entry.at(), path, "found nothing; write " + spec.sample() + wayOut);
            return null;
        }
        boolean isBroken = entry.value() instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.BROKEN;
        if (isBroken) {
            return null;
        }
        if (spec.shape() == SettingSpec.Shape.LIST) {
            return list(spec, entry, path);
        }
        if (!(entry.value() instanceof Node.Scalar scalar)) {
            problems.add(entry.at(), path, "found " + entry.value().found() + "; write " + spec.expected());
            return null;
        }
        Object value = scalar(spec, scalar, entry.at(), path);
        if (value == null || spec.shape() != SettingSpec.Shape.MARSHALLER) {
            return value;
        }
        return marshaller((String) value, Shown.quoted(scalar.written()), entry.at(), path);
    }

    private @Nullable Object list(SettingSpec spec, Node.Entry entry, String path) {
        if (!(entry.value() instanceof Node.Items items) || items.items().isEmpty()) {
            problems.add(entry.at(), path, "found " + found(spec, entry.value()) + "; write " + spec.expected());
            return null;
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            Node item = items.items().get(i);
            String inner = path + "[" + i + "]";
            if (item instanceof Node.Scalar scalar) {
                Optional.ofNullable(scalar(spec, scalar, item.at(), inner)).ifPresent(values::add);
            } else {
                problems.add(
                        item.at(),
                        inner,
                        "found " + item.found() + "; write " + spec.scalar().expected());
            }
        }
        return values.size() == items.items().size() ? List.copyOf(values) : null;
    }

    private @Nullable Object scalar(SettingSpec spec, Node.Scalar scalar, Position at, String path) {
        Object value = spec.scalar().parse(scalar);
        if (value == null && scalar.kind() != Node.Kind.BROKEN) {
            problems.add(at, path, "found " + found(spec, scalar) + advice(spec.scalar(), scalar));
        }
        return value;
    }

    private static String found(SettingSpec spec, Node node) {
        return spec.setting().secret() && node instanceof Node.Scalar scalar ? scalar.foundSecretly() : node.found();
    }

    private static String advice(ScalarType type, Node.Scalar scalar) {
        boolean isOnlyQuoting = scalar.kind() != type.kind() && type.parser().apply(scalar.text()) != null;
        if (!isOnlyQuoting) {
            return "; write " + type.expected();
        }
        return type.kind() == Node.Kind.TEXT
                ? " where a text must be; put it in quotes"
                : " where " + type.expected() + " must be; write it without quotes";
    }

    private @Nullable Object marshaller(String name, String shown, Position at, String path) {
        if (!marshallers.isKnown(name)) {
            problems.add(
                    at,
                    path,
                    () -> Nearest.explain("no marshaller is named " + shown, name, "marshallers", marshallers.names()));
            return null;
        }
        try {
            return marshallers.find(name, this).orElse(null);
        } catch (RuntimeException | LinkageError e) {
            problems.add(at, path, "the marshaller " + shown + " failed: " + Shown.line(e.toString()));
            return null;
        }
    }

    private Object defaultValue(SettingSpec spec) {
        Object value = Objects.requireNonNull(spec.defaultValue(), "the default is checked");
        if (spec.shape() == SettingSpec.Shape.MARSHALLER) {
            String name = (String) value;
            return marshallers
                    .find(name, this)
                    .orElseThrow(() -> new AraldoException("setting '" + spec.key() + "': its default '" + name
                            + "' is no marshaller that is installed and needs no settings"));
        }
        return spec.shape() == SettingSpec.Shape.LIST ? List.of(value) : value;
    }
}
