package io.araldo.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import io.araldo.testing.TestWebSocket;
import io.araldo.testing.ThreadLeakExtension;
import io.araldo.websocket.WebSocketServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

@ExtendWith(ThreadLeakExtension.class)
class SpringBootIT {
    @Test
    void whatOneBrowserSaysTheOthersHearUntilTheApplicationEnds() throws Exception {
        ServletWebServerApplicationContext application = start();
        String address = "localhost:" + application.getWebServer().getPort();
        WebSocketServer server = application.getBean(WebSocketServer.class);
        TestWebSocket ada = TestWebSocket.connect(URI.create("ws://" + address + "/chat"));
        TestWebSocket grace = TestWebSocket.connect(URI.create("ws://" + address + "/chat"));
        await().until(() -> server.sessionCount() == 2);
        ada.send("hello");
        await().untilAsserted(() -> assertThat(grace.received()).containsExactly("hello"));
        assertThat(ada.received()).isEmpty();
        assertThat(page("http://" + address + "/")).contains("new WebSocket");
        application.close();
        assertThat(grace.closeCode()).isEqualTo(1001);
    }

    @Test
    void theApplicationStartsAgain() {
        assertThatNoException().isThrownBy(() -> {
            start().close();
            start().close();
        });
    }

    private static ServletWebServerApplicationContext start() {
        return (ServletWebServerApplicationContext)
                SpringApplication.run(ChatApplication.class, "--server.port=0", "--logging.level.root=warn");
    }

    private static String page(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
