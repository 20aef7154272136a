package io.araldo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.AraldoException;
import io.araldo.LocalEndpoint;
import io.araldo.Message;
import io.araldo.MockEndpoint;
import io.araldo.Outcome;
import io.araldo.Relay;
import io.araldo.testing.ThreadLeakExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a file describes runs as what code builds. */
@Timeout(30)
@ExtendWith(ThreadLeakExtension.class)
class RelayFromFileTest {
    private static final String FILE = """
            plugins:
              araldo.marshalling:
                - name: envelope
                  id: marshal-json
              araldo.endpoints.endpoint:
                - name: app
                  id: endpoint-local
                - name: raw
                  id: endpoint-mock
                - name: json
                  id: endpoint-mock
                  marshaller: envelope
            routes:
              app: [raw, json]
              json: raw
            """;

    @TempDir
    Path folder;

    @Test
    void relaysAsItsRoutesSay() throws Exception {
        RelayConfig config = ConfigFiles.load(FILE);
        MockEndpoint raw = config.endpoint("raw", MockEndpoint.class);
        MockEndpoint json = config.endpoint("json", MockEndpoint.class);

        try (Relay relay = config.plan().start()) {
            assertThat(config.endpoint("app", LocalEndpoint.class)
                            .send("one")
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS))
                    .isEqualTo(Outcome.delivered());
            assertThat(json.receive("{\"data\": \"two\"}").toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isEqualTo(Outcome.delivered());
            assertThat(relay.health()).isNotNull();
        }

        assertThat(raw.sent()).extracting(RelayFromFileTest::text).containsExactly("one", "two");
        assertThat(json.sent())
                .singleElement()
                .satisfies(message -> assertThat(text(message)).contains("\"data\":\"one\""));
    }

    private static String text(Message message) {
        return message.payload().text();
    }

    @Test
    void isUsedAsTheReferenceShows() throws IOException {
        Path file = Files.writeString(folder.resolve("araldo.yaml"), FILE);

        // region read
        RelayConfig config = RelayConfig.read(file);
        LocalEndpoint app = config.endpoint("app", LocalEndpoint.class);
        try (Relay relay = config.plan().start()) {
            app.send("hello").toCompletableFuture().join();
        }
        // endregion

        assertThat(config.plan().endpoints()).contains(app);
    }

    @Test
    void isReadFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("araldo.yaml"), FILE);

        assertThat(RelayConfig.load(file).routes()).hasSize(3);
        assertThat(RelayConfig.read(file))
                .hasToString("RelayConfig[" + file + ", log-level info, routes app->raw, app->json, json->raw]");
    }

    @Test
    void eachReadingMakesOtherEndpoints() {
        assertThat(ConfigFiles.load(FILE).endpoint("raw", MockEndpoint.class))
                .isNotSameAs(ConfigFiles.load(FILE).endpoint("raw", MockEndpoint.class));
    }

    @Test
    void endpointThatNoRouteNamesCannotBeHad() {
        assertThatThrownBy(() -> ConfigFiles.load(FILE).endpoint("nobody", MockEndpoint.class))
                .isInstanceOf(AraldoException.class)
                .hasMessage("no route of araldo.yaml names a MockEndpoint 'nobody' (expected: one of app, raw, json)");
    }
}
