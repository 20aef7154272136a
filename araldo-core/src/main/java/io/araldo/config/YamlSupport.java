package io.araldo.config;

import io.araldo.AraldoException;

/** The door to the classes that need Jackson: says what to add where Jackson is missing. */
final class YamlSupport {
    private YamlSupport() {}

    static Node read(String text, Variables variables, Problems problems) {
        try {
            return YamlReader.read(text, variables, problems);
        } catch (LinkageError e) {
            throw new AraldoException(
                    "reading a configuration file needs Jackson 3.1, which is not there or does not fit (" + e
                            + "): add the dependency tools.jackson.dataformat:jackson-dataformat-yaml:3.1.8; on the module"
                            + " path also start java with --add-modules tools.jackson.dataformat.yaml",
                    e);
        }
    }
}
