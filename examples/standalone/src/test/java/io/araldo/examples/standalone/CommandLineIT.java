package io.araldo.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program says and how it ends where no relay starts. */
class CommandLineIT {
    private static final String SAMPLE = """
            global:
              server-port: 54321
              log-level: debug
            plugins:
              araldo.marshalling:
                - name: marshal-json
                  id: marshal-json
              araldo.endpoints.endpoint:
                - name: mock_1
                  id: endpoint-mock
                  channel: channel_1
                - name: redis_2
                  id: endpoint-mock
                  channel: channel_2
                - name: redis_3
                  id: endpoint-mock
                  channel: channel_3
            routes:
              redis_1:
                - redis_2
                - redis_3
            """;
    private static final String MENDED = SAMPLE.replace("redis_1:", "mock_1:");

    private static final String TEN_MISTAKES = """
            global:
              server-port: 70000
              log-level: loud
              workers: 4
            plugins:
              araldo.marshalling:
                - name: envelope
                  id: marshal-jsn
              araldo.endpoints.endpoint:
                - name: chat
                  id: endpoint-websocket
                - name: bus
                  id: endpoint-redis
                  uri: http://localhost
                  channel: chat
                - name: bus
                  id: endpoint-mock
                - name: news
                  id: endpoint-redis
                  uri: ${NEWS_URI}
                  channel: news
                  max-in-flight: many
            routes:
              chat: [bus, nobody]
            """;

    private static final Pattern README_FILE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    /** What a program has said, and how it ended. */
    private record End(int exitCode, String out, String err) {}

    private End run(String... arguments) throws InterruptedException {
        try (Program program = Program.start(folder, Map.of(), arguments)) {
            return new End(program.exitCode(), program.out(), program.err());
        }
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("araldo.yaml"), text);
    }

    @Test
    void sampleWithItsMistakeEndsWith2AndOneLine() throws Exception {
        write(SAMPLE);
        assertThat(run())
                .isEqualTo(
                        new End(
                                2,
                                "",
                                "araldo.yaml:19:3: routes.redis_1: no endpoint is named 'redis_1'; did you mean 'redis_2'? (endpoints: mock_1, redis_2, redis_3)\n"));
    }

    @Test
    void mendedSampleIsCheckedInSilence() throws Exception {
        write(MENDED);
        assertThat(run("--check")).isEqualTo(new End(0, "", ""));
    }

    @Test
    void fileOfTheReadmeIsRight() throws Exception {
        Matcher file = README_FILE.matcher(Files.readString(Path.of("README.md")));
        assertThat(file.find()).isTrue();
        write(file.group(1));
        assertThat(run("--check")).isEqualTo(new End(0, "", ""));
    }

    @Test
    void tenMistakesAreTenLinesInTheOrderOfTheFile() throws Exception {
        write(TEN_MISTAKES);
        End end = run("--check");
        assertThat(end.exitCode()).isEqualTo(2);
        assertThat(end.out()).isEmpty();
        assertThat(end.err().lines().map(line -> line.replaceFirst("(araldo.yaml:\\d+:\\d+: \\S+): .*", "$1")))
                .containsExactly(
                        "araldo.yaml:2:3: global.server-port",
                        "araldo.yaml:3:3: global.log-level",
                        "araldo.yaml:4:3: global.workers",
                        "araldo.yaml:8:7: plugins.araldo.marshalling[0].id",
                        "araldo.yaml:10:7: plugins.araldo.endpoints.endpoint[0].path",
                        "araldo.yaml:14:7: plugins.araldo.endpoints.endpoint[1].uri",
                        "araldo.yaml:16:7: plugins.araldo.endpoints.endpoint[2].name",
                        "araldo.yaml:20:7: plugins.araldo.endpoints.endpoint[3].uri",
                        "araldo.yaml:22:7: plugins.araldo.endpoints.endpoint[3].max-in-flight",
                        "araldo.yaml:24:15: routes.chat[1]");
    }

    @Test
    void graphIsTheDrawingAlone() throws Exception {
        write(MENDED);
        assertThat(run("--graph")).isEqualTo(new End(0, """
                                flowchart LR
                                    e0["mock_1"]
                                    e1["redis_2"]
                                    e2["redis_3"]
                                    e0 --> e1
                                    e0 --> e2
                                """, ""));
    }

    @Test
    void missingFileEndsWith2AndOneLine() throws Exception {
        assertThat(run("-c", "none.yaml"))
                .isEqualTo(new End(2, "", "none.yaml: there is no such file; write it, or name another one\n"));
    }

    @Test
    void unknownOptionEndsWith2AndTheUsage() throws Exception {
        End end = run("--no-such-option");
        assertThat(end.exitCode()).isEqualTo(2);
        assertThat(end.out()).isEmpty();
        assertThat(end.err()).startsWith("Unknown option: '--no-such-option'\nUsage: araldo");
    }

    @Test
    void helpNamesTheOptions() throws Exception {
        End end = run("-h");
        assertThat(end.exitCode()).isZero();
        assertThat(end.out()).contains("-c, --config=CONFIG", "--check", "--graph", "-h, --help");
        assertThat(end.err()).isEmpty();
    }
}
