package io.araldo.config;

import io.araldo.AraldoException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The settings that a record describes.
 *
 * @param constructor the canonical one, made accessible
 * @param specs one for each component
 */
record Settings<S extends Record>(Constructor<S> constructor, List<SettingSpec> specs) {
    /** @throws AraldoException if the record cannot be used: a defect of whoever wrote it */
    static <S extends Record> Settings<S> of(Class<S> type) {
        List<SettingSpec> specs = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            try {
                specs.add(SettingSpec.of(component));
            } catch (IllegalArgumentException e) {
                throw new AraldoException(
                        "settings " + type.getName() + ": component '" + component.getName() + "' " + e.getMessage(),
                        e);
            }
        }
        return new Settings<>(constructor(type), List.copyOf(specs));
    }

    private static <S extends Record> Constructor<S> constructor(Class<S> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<S> constructor = type.getDeclaredConstructor(types);
            if (constructor.trySetAccessible()) {
                return constructor;
            }
        } catch (NoSuchMethodException e) {
            throw new AraldoException("settings " + type.getName() + ": no canonical constructor", e);
        }
        throw new AraldoException("settings " + type.getName() + " cannot be reached (expected: a public record in an"
                + " exported package, or 'opens " + type.getPackageName() + " to io.araldo;' in "
                + type.getModule().getName() + ")");
    }

    String name() {
        return constructor.getName();
    }

    List<String> keys() {
        return specs.stream().map(SettingSpec::key).toList();
    }

    boolean isAllOptional() {
        return specs.stream().noneMatch(SettingSpec::isRequired);
    }

    /** @throws IllegalArgumentException if the record itself refuses the values */
    S create(List<Object> values) {
        try {
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new AraldoException("settings " + constructor.getName() + " cannot be made: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new AraldoException("settings " + constructor.getName() + " cannot be made: " + e.getMessage(), e);
        }
    }
}
