package io.araldo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.araldo.AraldoException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Jackson is optional: where it is not there, the message says what to add. */
class MissingJacksonTest {
    /** Loads the classes of the library again, and finds none of Jackson's. */
    private static final class WithoutJackson extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("tools.jackson.") || name.startsWith("org.snakeyaml.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.araldo.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? again(name) : loaded;
        }

        private Class<?> again(String name) throws ClassNotFoundException {
            String file = "/" + name.replace('.', '/') + ".class";
            try (InputStream in = MissingJacksonTest.class.getResourceAsStream(file)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void isNamedWithWhatToAdd() throws Exception {
        Method parse = new WithoutJackson()
                .loadClass(RelayConfig.class.getName())
                .getMethod("parse", String.class, String.class, Function.class);
        Function<String, String> environment = name -> null;

        Throwable thrown = catchThrowable(() -> parse.invoke(null, "araldo.yaml", "a: b", environment))
                .getCause();

        assertThat(thrown.getClass().getName()).isEqualTo(AraldoException.class.getName());
        assertThat(thrown)
                .hasMessageStartingWith(
                        "reading a configuration file needs Jackson 3.1, which is not there or does not fit"
                                + " (java.lang.NoClassDefFoundError: tools/jackson/")
                .hasMessageEndingWith(
                        "): add the dependency tools.jackson.dataformat:jackson-dataformat-yaml:3.1.8; on the"
                                + " module path also start java with --add-modules tools.jackson.dataformat.yaml");
    }
}
