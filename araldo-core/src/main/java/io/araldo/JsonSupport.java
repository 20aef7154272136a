package io.araldo;

/** The door to the one class that needs Jackson: says what to add where Jackson is missing. */
final class JsonSupport {
    private JsonSupport() {}

    static Marshaller marshaller() {
        try {
            return JsonMarshaller.INSTANCE;
        } catch (LinkageError e) {
            throw new AraldoException(
                    "Marshaller.json() needs Jackson 3.1, which is not there: add the dependency"
                            + " tools.jackson.dataformat:jackson-dataformat-yaml:3.1.8 (or tools.jackson.core:jackson-core:3.1.8);"
                            + " on the module path also start java with --add-modules tools.jackson.core",
                    e);
        }
    }
}
