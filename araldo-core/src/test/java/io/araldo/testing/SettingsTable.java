package io.araldo.testing;

import io.araldo.Marshaller;
import io.araldo.config.Setting;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings of a plugin as a table in Markdown, so that the reference can be compared with the code. */
public final class SettingsTable {
    private SettingsTable() {}

    /** The table, with its head, for a record whose components have {@link Setting}s. */
    public static String of(Class<? extends Record> settings) {
        return "| setting | value | unless set | |\n|---|---|---|---|\n"
                + Arrays.stream(settings.getRecordComponents())
                        .map(SettingsTable::row)
                        .collect(Collectors.joining());
    }

    private static String row(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        String key = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        boolean isOptional =
                argument(component.getGenericType(), Optional.class).isPresent();
        String otherwise = setting.defaultValue().isEmpty() ? "required" : "`" + setting.defaultValue() + "`";
        return "| `" + key + "` | " + value(component, setting) + " | " + (isOptional ? "" : otherwise) + " | "
                + setting.value().replace("|", "\\|") + " |\n";
    }

    private static String value(RecordComponent component, Setting setting) {
        Type generic = component.getGenericType();
        Type type = argument(generic, Optional.class).orElse(generic);
        if (argument(type, List.class).isPresent()) {
            return "list of texts";
        }
        if (type == Marshaller.class) {
            return "marshaller";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true, false";
        }
        if (type instanceof Class<?> choices && choices.isEnum()) {
            return Arrays.stream(choices.getEnumConstants())
                    .map(choice -> choice.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(", "));
        }
        if (type == Duration.class) {
            return "duration" + limits(setting, "ms");
        }
        return (type == String.class ? "text" : "number") + limits(setting, "");
    }

    private static String limits(Setting setting, String unit) {
        if (setting.min() == Long.MIN_VALUE) {
            return "";
        }
        return setting.max() == Long.MAX_VALUE
                ? ", at least " + setting.min() + unit
                : ", " + setting.min() + unit + " to " + setting.max() + unit;
    }

    private static Optional<Type> argument(Type type, Class<?> generic) {
        return type instanceof ParameterizedType parameterized && parameterized.getRawType() == generic
                ? Optional.of(parameterized.getActualTypeArguments()[0])
                : Optional.empty();
    }
}
