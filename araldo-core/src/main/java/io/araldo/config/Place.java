package io.araldo.config;

import io.araldo.AraldoException;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where settings stand in the file.
 *
 * @param fields the mapping
 * @param path of the mapping
 * @param specs the settings that it may have
 */
record Place(Node.Fields fields, String path, List<SettingSpec> specs) {
    /** Shorter ones could stand anywhere in a message by chance. */
    private static final int SHORTEST_SECRET = 3;

    private static final Pattern PARTS = Pattern.compile("[:@/\\s]+");

    /** Where a setting is, or would be. */
    String path(SettingSpec spec) {
        return Keys.join(path, spec.key());
    }

    /** The value of a setting that is there as a scalar, as in the file. */
    String written(SettingSpec spec) {
        Node.Entry entry = fields.get(spec.key());
        return entry != null && entry.value() instanceof Node.Scalar scalar ? scalar.written() : "";
    }

    /** Notes why a plugin did not take the settings. */
    void refuse(Throwable thrown, Problems problems) {
        String message = String.valueOf(thrown.getMessage());
        boolean isAnswer = thrown instanceof IllegalArgumentException || thrown instanceof AraldoException;
        report(
                isAnswer && !message.isBlank() ? message : "the plugin failed, which is a defect of it: " + thrown,
                problems);
    }

    /** Each line is a mistake, at the setting with which it begins. */
    private void report(String message, Problems problems) {
        for (String line : withoutSecrets(message).lines().toList()) {
            SettingSpec spec = subject(line);
            if (spec == null) {
                problems.add(fields.at(), path, Shown.line(line));
            } else {
                problems.add(fields.at(spec.key()), path(spec), Shown.line(afterColon(line)));
            }
        }
    }

    private @Nullable SettingSpec subject(String line) {
        return specs.stream()
                .filter(spec -> line.startsWith(spec.component() + ": ") || line.startsWith(spec.key() + ": "))
                .findFirst()
                .orElse(null);
    }

    private static String afterColon(String line) {
        return line.substring(line.indexOf(": ") + 2);
    }

    private String withoutSecrets(String message) {
        StringBuilder text = new StringBuilder(message);
        specs.stream()
                .filter(spec -> spec.setting().secret())
                .forEach(spec -> eachSecret(spec, secret -> {
                    for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + "***".length())) {
                        text.replace(at, at + secret.length(), "***");
                    }
                }));
        return text.toString();
    }

    private void eachSecret(SettingSpec spec, Consumer<String> remover) {
        Node.Entry entry = fields.get(spec.key());
        Stream<Node> values = entry == null
                ? Stream.of()
                : entry.value() instanceof Node.Items items ? items.items().stream() : Stream.of(entry.value());
        values.forEach(value -> {
            if (value instanceof Node.Scalar scalar) {
                secrets(scalar.text())
                        .filter(secret -> secret.length() >= SHORTEST_SECRET)
                        .forEach(remover);
            }
        });
    }

    /** The whole value first, then the login of a URI, then the parts of the password that a message may have cut out. */
    private static Stream<String> secrets(String value) {
        String login = login(value);
        String password = login.substring(login.indexOf(':') + 1);
        return Stream.concat(Stream.of(value, login), PARTS.splitAsStream(password));
    }

    /** Between the scheme and the host; in what is no URI, anything may be the password. */
    private static String login(String value) {
        String rest = value.substring(value.indexOf("//") + 1);
        int end = rest.lastIndexOf('@');
        return end < 0 ? rest : rest.substring(0, end);
    }
}
