package io.araldo.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Marshaller;
import io.araldo.Route;
import io.araldo.config.RelayConfig;
import io.araldo.redis.RedisPubSubEndpoint;
import io.araldo.websocket.WebSocketServerEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The first file of the reference is a relay of all our modules. */
class ConfigurationTest {
    private static final Pattern FILE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void theFileOfTheReferenceIsARelay() throws IOException {
        Matcher file = FILE.matcher(Files.readString(Path.of("../../docs/configuration.md")));
        assertThat(file.find()).isTrue();

        RelayConfig config = RelayConfig.parse("araldo.yaml", file.group(1), name -> null);

        assertThat(config.plan().routes()).extracting(Route::name).containsExactly("browsers->bus", "bus->browsers");
        assertThat(config.endpoint("browsers", WebSocketServerEndpoint.class).path())
                .isEqualTo("/chat");
        assertThat(config.endpoint("bus", RedisPubSubEndpoint.class).marshaller())
                .isSameAs(Marshaller.json());
    }
}
