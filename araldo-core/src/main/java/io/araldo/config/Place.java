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

    /** Where a setting is, or would be. */
    String path(SettingSpec spec) {
        return Keys.join(path, spec.key());
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

    /** The whole value first, then the parts of a login that a message may have taken out of a URI. */
    private void eachSecret(SettingSpec spec, Consumer<String> remover) {
        Node.Entry entry = fields.get(spec.key());
        if (entry != null && entry.value() instanceof Node.Scalar scalar) {
            String value = scalar.text();
            int begin = value.indexOf("//") + 1;
            String login = value.substring(begin, Math.max(begin, value.lastIndexOf('@')));
            Stream.concat(Stream.of(value, login), Pattern.compile("[:@/]").splitAsStream(login))
                    .filter(secret -> secret.length() >= SHORTEST_SECRET)
                    .forEach(remover);
        }
    }
}
