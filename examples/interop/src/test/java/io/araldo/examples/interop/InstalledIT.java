package io.araldo.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The jar of this module, put beside those of Araldo in another JVM: its endpoint is found by its id, and works. */
class InstalledIT {
    private static final String MODULE = "io.araldo.examples.interop";
    private static final String MAIN = FromFile.class.getName();
    private static final Path FILE = Path.of("src/test/resources/mqtt.yaml").toAbsolutePath();

    /** All that the endpoint and a file need; of the demo's nothing. */
    private static final List<String> JARS = List.of(
            "araldo-example-interop",
            "araldo-core",
            "org.eclipse.paho",
            "slf4j-api",
            "jackson-dataformat-yaml",
            "jackson-core",
            "jackson-databind",
            "jackson-annotations",
            "snakeyaml-engine");

    private static TestBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void endpointIsFoundOnTheClassPath() throws Exception {
        assertRelays("-cp", jars(JARS), MAIN);
    }

    @Test
    void endpointIsFoundOnTheModulePath() throws Exception {
        assertRelays("-p", jars(JARS), "--add-modules", "tools.jackson.dataformat.yaml", "-m", MODULE + "/" + MAIN);
    }

    /** The application is another one, which does not know this module: the service loader resolves it. */
    @Test
    void moduleThatNobodyRequiresIsFoundOnTheModulePath() throws Exception {
        String application = Path.of("target/test-classes").toAbsolutePath().toString();
        assertRelays(
                "-p",
                jars(JARS),
                "--add-modules",
                "io.araldo,tools.jackson.dataformat.yaml",
                "-cp",
                application,
                "application.Main");
    }

    @Test
    void withoutTheJarTheIdIsUnknown() throws Exception {
        List<String> others = JARS.subList(1, JARS.size());
        String application = Path.of("target/test-classes").toAbsolutePath().toString();
        Process process = run("-cp", jars(others) + File.pathSeparator + application, "application.Main");
        try (BufferedReader errors = process.errorReader()) {
            String text = errors.lines().collect(Collectors.joining("\n"));
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(2);
            assertThat(text).contains(FILE + ":4:7: ").contains("no plugin has the id 'endpoint-mqtt'");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void assertRelays(String... options) throws Exception {
        Process process = run(options);
        try (BufferedReader out = process.inputReader();
                MqttProbe probe = new MqttProbe(broker.port()).listening("alarms")) {
            assertThat(out.readLine()).isEqualTo("started");
            probe.publish("plant/boiler/temperature", "93");
            await().until(() -> probe.received().equals(List.of("alarms: 93")));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Process run(String... options) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = Stream.of(Stream.of(java), Arrays.stream(options), Stream.of(FILE.toString()))
                .flatMap(part -> part)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("MQTT_URI", broker.uri());
        return builder.redirectError(
                        Arrays.asList(options).contains("application.Main")
                                ? ProcessBuilder.Redirect.PIPE
                                : ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** From the class path of this test, where Failsafe puts jars. */
    private static String jars(List<String> names) {
        List<String> found = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && !entry.endsWith("-tests.jar"))
                .filter(entry -> names.stream()
                        .anyMatch(
                                name -> Path.of(entry).getFileName().toString().startsWith(name)))
                .toList();
        assertThat(found).hasSameSizeAs(names);
        return String.join(File.pathSeparator, found);
    }
}
