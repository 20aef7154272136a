package io.araldo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.araldo.AraldoException;
import io.araldo.Endpoint;
import io.araldo.Marshaller;
import io.araldo.MockEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin of somebody else that cannot say what it is makes one error, which names it. */
class BrokenPluginsTest {
    private static final String EXPECTED =
            " (expected: an id, a record of settings, and all that they need on the" + " class path or module path)";
    private static final String FILE = ConfigFiles.withEndpoint("id: endpoint-mock");

    @TempDir
    Path folder;

    /** Is not there for those that need it. */
    public enum Gone {
        ONE
    }

    /** Has a type that is missing. */
    public record Incomplete(@Setting("A choice.") Gone choice) {}

    /** Has a type that is missing, inside another. */
    public record OptionallyIncomplete(@Setting("A choice.") Optional<Gone> choice) {}

    /** Cannot be initialised. */
    public record Static(
            @Setting(value = "A text.", defaultValue = "x") String text) {
        static final Gone ONE = Gone.ONE;
    }

    /** A provider of endpoints. */
    public abstract static class Provider<S extends Record> implements EndpointProvider<S> {
        @Override
        public String id() {
            return "endpoint-broken";
        }

        @Override
        public Endpoint create(String name, S settings, ProviderContext context) {
            return MockEndpoint.create(name);
        }
    }

    /** See {@link Incomplete}. */
    public static final class OfIncomplete extends Provider<Incomplete> {
        @Override
        public Class<Incomplete> settings() {
            return Incomplete.class;
        }
    }

    /** See {@link OptionallyIncomplete}. */
    public static final class OfOptionallyIncomplete extends Provider<OptionallyIncomplete> {
        @Override
        public Class<OptionallyIncomplete> settings() {
            return OptionallyIncomplete.class;
        }
    }

    /** See {@link Static}. */
    public static final class OfStatic extends Provider<Static> {
        @Override
        public Class<Static> settings() {
            return Static.class;
        }
    }

    /** Has no id. */
    public static final class WithoutId extends Provider<NoSettings> {
        @Override
        public String id() {
            return null;
        }

        @Override
        public Class<NoSettings> settings() {
            return NoSettings.class;
        }
    }

    /** Has no settings. */
    public static final class WithoutSettings extends Provider<NoSettings> {
        @Override
        public Class<NoSettings> settings() {
            return null;
        }
    }

    /** Has no id, and makes marshallers. */
    public static final class MarshallerWithoutId implements MarshallerProvider<NoSettings> {
        @Override
        public String id() {
            return null;
        }

        @Override
        public Class<NoSettings> settings() {
            return NoSettings.class;
        }

        @Override
        public Marshaller create(String name, NoSettings settings, ProviderContext context) {
            return Marshaller.raw();
        }
    }

    /** Finds one provider, with its settings and without {@link Gone}, as if a jar had it. */
    private final class Jar extends ClassLoader {
        private final Class<?> kind;
        private final Class<?> provider;
        private final String missing;

        Jar(Class<?> kind, Class<?> provider, Class<?> missing) {
            this.kind = kind;
            this.provider = provider;
            this.missing = missing.getName();
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(missing)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(BrokenPluginsTest.class.getName() + "$")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? again(name) : loaded;
        }

        private Class<?> again(String name) throws ClassNotFoundException {
            String file = "/" + name.replace('.', '/') + ".class";
            try (InputStream in = BrokenPluginsTest.class.getResourceAsStream(file)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            if (!name.equals("META-INF/services/" + kind.getName())) {
                return Collections.emptyEnumeration();
            }
            Path services = folder.resolve(kind.getName());
            Files.writeString(services, provider.getName());
            return Collections.enumeration(List.of(services.toUri().toURL()));
        }
    }

    private AraldoException error(String file, Class<?> kind, Class<?> provider, Class<?> missing) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new Jar(kind, provider, missing));
        try {
            return catchThrowableOfType(AraldoException.class, () -> ConfigFiles.load(file));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private AraldoException error(Class<?> provider) {
        return error(FILE, EndpointProvider.class, provider, Gone.class);
    }

    @Test
    void typeOfASettingIsMissing() {
        assertThat(error(OfIncomplete.class))
                .hasMessage("the plugin " + OfIncomplete.class.getName() + " cannot be used:"
                        + " java.lang.NoClassDefFoundError: io/araldo/config/BrokenPluginsTest$Gone" + EXPECTED);
    }

    @Test
    void typeOfAnOptionalSettingIsMissing() {
        assertThat(error(OfOptionallyIncomplete.class))
                .hasMessage("the plugin " + OfOptionallyIncomplete.class.getName() + " cannot be used:"
                        + " java.lang.TypeNotPresentException: Type io.araldo.config.BrokenPluginsTest$Gone not present"
                        + EXPECTED);
    }

    @Test
    void typeOfTheProviderItselfIsMissing() {
        // Which provider it was is said by newer JDKs alone.
        assertThat(error(FILE, EndpointProvider.class, OfIncomplete.class, Provider.class))
                .hasMessageStartingWith("a plugin cannot be loaded: ")
                .hasMessageContaining("java.lang.NoClassDefFoundError: io/araldo/config/BrokenPluginsTest$Provider")
                .hasMessageEndingWith(" (expected: a public class with a public constructor, and all that it needs)");
    }

    @Test
    void recordThatCannotBeInitialisedIsAMistakeOfTheInstance() {
        assertThat(error(
                        ConfigFiles.withEndpoint("id: endpoint-broken"),
                        EndpointProvider.class,
                        OfStatic.class,
                        Gone.class))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "araldo.yaml:5:7: plugins.araldo.endpoints.endpoint[1]: the plugin failed, which is a defect of"
                                + " it: java.lang.NoClassDefFoundError: io/araldo/config/BrokenPluginsTest$Gone");
    }

    @Test
    void noId() {
        assertThat(error(WithoutId.class))
                .hasMessage("the plugin " + WithoutId.class.getName()
                        + " has no id (expected: a text by which files name it, such as endpoint-mqtt)");
    }

    @Test
    void noIdOfAMarshaller() {
        assertThat(error(FILE, MarshallerProvider.class, MarshallerWithoutId.class, Gone.class))
                .hasMessage("the plugin " + MarshallerWithoutId.class.getName()
                        + " has no id (expected: a text by which files name it, such as endpoint-mqtt)");
    }

    @Test
    void noSettings() {
        assertThat(error(WithoutSettings.class))
                .hasMessage("the plugin " + WithoutSettings.class.getName()
                        + " has no settings (expected: the class of a record; one without components will do)");
    }
}
