package io.araldo.config;

import io.araldo.Marshaller;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A setting, read from a component of a record.
 *
 * @param component the name of the component
 * @param shape whether a value is one scalar, a list of them, or the name of a marshaller
 * @param scalar the type of the scalar, or of each in the list
 */
record SettingSpec(String component, String key, Setting setting, boolean isOptional, Shape shape, ScalarType scalar) {
    /** How a value is built. */
    enum Shape {
        ONE,
        LIST,
        MARSHALLER
    }

    static SettingSpec of(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalArgumentException("has no @Setting");
        }
        String key = key(component.getName());
        Type type = component.getGenericType();
        Type inner = argument(type, Optional.class);
        return of(component.getName(), key, setting, inner != null, inner == null ? type : inner);
    }

    private static SettingSpec of(String component, String key, Setting setting, boolean isOptional, Type type) {
        if (type == Marshaller.class) {
            ScalarType name = ScalarType.of(String.class, setting).expecting("the name of a marshaller");
            return new SettingSpec(component, key, setting, isOptional, Shape.MARSHALLER, name);
        }
        Shape shape = argument(type, List.class) == String.class ? Shape.LIST : Shape.ONE;
        ScalarType scalar = ScalarType.of(shape == Shape.LIST ? String.class : type, setting)
                .expecting(setting.expected());
        return new SettingSpec(component, key, setting, isOptional, shape, scalar).checked();
    }

    private SettingSpec checked() {
        if (hasDefault() && defaultValue() == null) {
            throw new IllegalArgumentException(
                    "has the default '" + setting.defaultValue() + "' (expected: " + scalar.expected() + ")");
        }
        return this;
    }

    private static @Nullable Type argument(Type type, Class<?> generic) {
        return type instanceof ParameterizedType parameterized && parameterized.getRawType() == generic
                ? parameterized.getActualTypeArguments()[0]
                : null;
    }

    /** {@code maxInFlight} as {@code max-in-flight}. */
    static String key(String component) {
        return component.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    boolean hasDefault() {
        return !setting.defaultValue().isEmpty();
    }

    /** Of a scalar, or of an item of a list; for a marshaller its name. */
    @Nullable
    Object defaultValue() {
        String written = setting.defaultValue();
        return scalar.parse(new Node.Scalar(Position.NOWHERE, Node.Kind.ANY, written, written));
    }

    boolean isRequired() {
        return !isOptional && !hasDefault();
    }

    /** What to write, after the word "write". */
    String expected() {
        return shape == Shape.LIST ? "a list, each item " + scalar.expected() : scalar.expected();
    }

    /** What to write where the key is missing, after the word "write". */
    String sample() {
        return key + ": " + (setting.example().isEmpty() ? "followed by " + expected() : setting.example());
    }
}
