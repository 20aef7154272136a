package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApiTest {
    /** All classes of the module. */
    private static List<Class<?>> classes() throws Exception {
        Path directory = Path.of(RedisPubSubEndpoint.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("io/araldo/redis");
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString().replace(".class", ""))
                    .filter(name -> !name.equals("package-info"))
                    .<Class<?>>map(ApiTest::load)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("io.araldo.redis." + name, false, ApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The provider because services must be. */
    @Test
    void endpointItsBuilderAndItsProviderAreAllThatIsPublic() throws Exception {
        assertThat(classes().stream().filter(type -> Modifier.isPublic(type.getModifiers())))
                .containsExactlyInAnyOrder(
                        RedisPubSubEndpoint.class, RedisPubSubEndpoint.Builder.class, RedisPubSubProvider.class);
    }

    @Test
    void everyClassIsFinal() throws Exception {
        assertThat(classes().stream().filter(type -> !type.isAnonymousClass()))
                .hasSizeGreaterThan(10)
                .allMatch(type -> Modifier.isFinal(type.getModifiers()));
    }

    @Test
    void noTypeOfTheClientIsInTheApi() {
        assertThat(Stream.of(RedisPubSubEndpoint.class, RedisPubSubEndpoint.Builder.class, RedisPubSubProvider.class)
                        .flatMap(type -> Stream.of(type.getMethods()))
                        .flatMap(ApiTest::signature)
                        .map(Class::getPackageName))
                .hasSizeGreaterThan(10)
                .allMatch(name -> name.equals("io.araldo")
                        || name.equals("io.araldo.config")
                        || name.equals("io.araldo.redis")
                        || name.startsWith("java."));
    }

    private static Stream<Class<?>> signature(Method method) {
        return Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes()));
    }
}
