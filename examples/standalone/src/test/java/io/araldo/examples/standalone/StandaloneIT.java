package io.araldo.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.araldo.testing.RedisCli;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.TestWebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program runs relays, with WebSocket clients, a real Redis and another program around them. */
class StandaloneIT {
    private static final Path TOPOLOGY = file("topology.yaml");
    private static final Path HUB = file("hub.yaml");
    private static final Path NEWS = file("news.yaml");

    private static final Pattern SAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private static Path file(String name) {
        return Path.of("src", "test", "resources", name).toAbsolutePath();
    }

    /** The file of the README, on any free port. */
    private static String sample() throws IOException {
        Matcher sample = SAMPLE.matcher(Files.readString(Path.of("README.md")));
        assertThat(sample.find()).isTrue();
        return sample.group(1).replace("54321", "0");
    }

    private Program start(Path file, Map<String, String> environment) {
        return Program.start(folder, environment, "--config", file.toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void relaysAsDrawn() throws Exception {
        try (RedisServerProcess redis = RedisServerProcess.start();
                RedisCli outside = RedisCli.connect(redis.port());
                Program hub = start(HUB, Map.of()).running();
                Program araldo = start(
                                TOPOLOGY,
                                Map.of(
                                        "REDIS_URI",
                                        redis.uri(),
                                        "HUB_URI",
                                        hub.address("hub").toString()))
                        .running()) {
            assertThat(araldo.out().lines().filter(line -> line.contains(" -> ")))
                    .containsExactly(
                            "chat -> bus",
                            "bus -> chat",
                            "bus -> record",
                            "news -> updates",
                            "admin -> upstream",
                            "upstream -> updates");
            assertThat(araldo.address("bus")).hasToString(redis.uri());
            assertThat(araldo.address("upstream")).isEqualTo(hub.address("hub"));
            TestWebSocket ada = TestWebSocket.connect(araldo.address("chat"));
            TestWebSocket grace = TestWebSocket.connect(araldo.address("chat"));
            TestWebSocket reader = TestWebSocket.connect(araldo.address("updates"));
            TestWebSocket admin = TestWebSocket.connect(araldo.address("admin"));
            TestWebSocket peer = TestWebSocket.connect(hub.address("hub"));

            ada.send("hello");
            await().until(() -> grace.received().equals(List.of("hello")));
            outside.publish("news", bytes("extra"));
            await().until(() -> reader.received().equals(List.of("extra")));
            admin.send("question");
            await().until(() -> peer.received().equals(List.of("question")));
            peer.send("answer");
            await().until(() -> reader.received().equals(List.of("extra", "answer")));

            araldo.terminate();
            assertThat(List.of(ada, grace, reader, admin)).allMatch(browser -> browser.closeCode() == 1001);
            assertThat(araldo.exitCode()).isEqualTo(143);
            assertThat(ada.received()).isEmpty();
            assertThat(grace.received()).containsExactly("hello");
            assertThat(admin.received()).isEmpty();
            String once = ": 1 received, 1 delivered, 0 dropped, 0 failed, 0 unknown";
            assertThat(araldo.out().lines().filter(line -> line.endsWith("unknown")))
                    .containsExactly(
                            "chat -> bus" + once,
                            "bus -> chat" + once,
                            "bus -> record" + once,
                            "news -> updates" + once,
                            "admin -> upstream" + once,
                            "upstream -> updates" + once);
            assertThat(araldo.err()).isEmpty();
        }
    }

    @Test
    void pagesMayConnectAsTheReadmeSays() throws Exception {
        Files.writeString(folder.resolve("araldo.yaml"), sample());
        try (RedisServerProcess redis = RedisServerProcess.start();
                Program araldo =
                        Program.start(folder, Map.of("REDIS_URI", redis.uri())).running()) {
            URI address = araldo.address("browsers");
            TestWebSocket.connectAsPageOf("http://localhost:8080", address).close();
            for (String strange : List.of("null", "http://localhost:" + address.getPort())) {
                assertThatThrownBy(() -> TestWebSocket.connectAsPageOf(strange, address))
                        .hasCauseInstanceOf(WebSocketHandshakeException.class);
            }
        }
    }

    @Test
    void terminatedProgramSaysGoodByeAndEnds() throws Exception {
        try (Program hub = start(HUB, Map.of()).running()) {
            TestWebSocket browser = TestWebSocket.connect(hub.address("hub"));
            hub.terminate();
            assertThat(browser.closeCode()).isEqualTo(1001);
            assertThat(hub.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void filesAreServedBesideTheSockets() throws Exception {
        Files.writeString(folder.resolve("araldo.yaml"), Files.readString(HUB).replace("path: /hub", """
                path: /hub
                      files: web"""));
        Files.createDirectory(folder.resolve("web"));
        Files.writeString(folder.resolve("web/index.html"), "<p>chat</p>");
        try (Program hub = Program.start(folder, Map.of()).running()) {
            URI page = URI.create("http://127.0.0.1:" + hub.address("hub").getPort() + "/");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("<p>chat</p>");
        }
    }

    @Test
    void portInUseIsOneLineAndExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Program hub = start(HUB, Map.of("PORT", Integer.toString(taken.getLocalPort())))) {
            assertThat(hub.exitCode()).isEqualTo(1);
            assertThat(hub.out()).isEmpty();
            assertThat(hub.err())
                    .isEqualTo("endpoint 'hub': cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": the port is in use (stop the program that uses it, or choose another port, or 0 for"
                            + " any free one)\n");
        }
    }

    @Test
    void redisThatIsNotThereIsOneLineAndExitCode1() throws Exception {
        try (RedisServerProcess redis = RedisServerProcess.start()) {
            redis.kill();
            String uri = "redis://user:secret@127.0.0.1:" + redis.port();
            try (Program news = start(NEWS, Map.of("REDIS_URI", uri))) {
                assertThat(news.exitCode()).isEqualTo(1);
                assertThat(news.out()).isEmpty();
                assertThat(news.err())
                        .isEqualTo("redis endpoint 'news': cannot open " + redis.uri()
                                + ": connection refused; start Redis there, or correct the uri\n");
            }
        }
    }

    @Test
    void logLevelSaysHowMuchIsLogged() throws Exception {
        try (RedisServerProcess redis = RedisServerProcess.start();
                Program talkative = news(redis, "debug");
                Program usual = news(redis, "info");
                Program silent = news(redis, "error")) {
            assertThat(talkative.err()).contains("'readers' is open at " + talkative.address("readers"));
            assertThat(usual.err()).isEmpty();
            TestWebSocket reader = TestWebSocket.connect(silent.address("readers"));
            redis.restart();
            await().until(() -> usual.err().contains("'news' is restored"));
            assertThat(usual.err()).contains("WARN", "'news' is lost", "INFO").doesNotContain("\tat ");
            try (RedisCli outside = RedisCli.connect(redis.port())) {
                await().until(() -> outside.publish("news", bytes("back")) == 3);
            }
            await().until(() -> reader.received().contains("back"));
            assertThat(silent.err()).isEmpty();
        }
    }

    private Program news(RedisServerProcess redis, String level) {
        return start(NEWS, Map.of("REDIS_URI", redis.uri(), "LEVEL", level)).running();
    }

    @Test
    void endpointOfSomebodyElseJoinsByTheClassPath() throws Exception {
        Files.writeString(folder.resolve("araldo.yaml"), """
                plugins:
                  araldo.endpoints.endpoint:
                    - name: theirs
                      id: endpoint-theirs
                      colour: blue
                routes:
                  theirs: theirs
                """);
        try (Program without = Program.start(folder, Map.of())) {
            assertThat(without.exitCode()).isEqualTo(2);
            assertThat(without.err()).contains("araldo.yaml:4:7: ", "no plugin has the id 'endpoint-theirs'");
        }
        try (Program with =
                Program.startWith(jar("theirs.TheirProvider"), folder).running()) {
            assertThat(with.address("theirs").getScheme()).isEqualTo("mock");
            assertThat(with.err()).isEmpty();
        }
    }

    @Test
    void pluginWithoutAllItNeedsIsOneLineAndExitCode2() throws Exception {
        Files.writeString(folder.resolve("araldo.yaml"), """
                plugins:
                  araldo.endpoints.endpoint:
                    - name: ours
                      id: endpoint-mock
                routes:
                  ours: ours
                """);
        try (Program program = Program.startWith(jar("theirs.IncompleteProvider"), folder)) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.out()).isEmpty();
            assertThat(program.err())
                    .isEqualTo("the plugin theirs.IncompleteProvider cannot be used: java.lang.TypeNotPresentException:"
                            + " Type theirs.IncompleteProvider$Colour not present (expected: an id, a record of"
                            + " settings, and all that they need on the class path or module path)\n");
        }
    }

    /** With a provider and its settings, and nothing else. */
    private Path jar(String provider) throws IOException {
        String path = provider.replace('.', '/');
        Path jar = folder.resolve("theirs.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (String name : List.of(path + ".class", path + "$Settings.class")) {
                entries.putNextEntry(new JarEntry(name));
                Files.copy(Path.of("target", "test-classes").resolve(name), entries);
            }
            entries.putNextEntry(new JarEntry("META-INF/services/io.araldo.config.EndpointProvider"));
            entries.write(bytes(provider + "\n"));
        }
        return jar;
    }
}
