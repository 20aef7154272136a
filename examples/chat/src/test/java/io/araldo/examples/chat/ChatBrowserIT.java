package io.araldo.examples.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.araldo.Relay;
import io.araldo.testing.RedisServerProcess;
import io.araldo.websocket.WebSocketServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page in two windows of an installed Chromium. */
class ChatBrowserIT {
    @Test
    void twoWindowsTalkAndBothShowTheNews() {
        try (RedisServerProcess redis = RedisServerProcess.start();
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(options())) {
            WebSocketServer server = Chat.server(0);
            try (Relay relay = Chat.over(redis.uri(), server).start()) {
                List<String> errors = new ArrayList<>();
                Page ada = open(browser, server, errors);
                Page grace = open(browser, server, errors);
                say(ada, "Ada", "hello <b>Grace</b>");
                assertThat(grace.locator(".message.theirs")).hasText("Adahello <b>Grace</b>");
                say(grace, "Grace", "hello Ada");
                assertThat(ada.locator(".message.theirs")).hasText("Gracehello Ada");
                publish(redis, "rain");
                assertThat(ada.locator(".message.news")).hasText("newsrain");
                assertThat(grace.locator(".message.news")).hasText("newsrain");
                assertThat(ada.locator(".message")).hasCount(3);
                assertThat(errors).isEmpty();
                await().untilAsserted(() -> relay.ledger().assertConserved());
            }
        }
    }

    @Test
    void pageReconnectsWhenTheRelayIsBack() {
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(options())) {
            WebSocketServer first = Chat.server(0);
            Relay relay = Chat.alone(first).start();
            int port = first.port();
            Page page = open(browser, first, new ArrayList<>());
            relay.close();
            assertThat(page.locator("#state")).hasText("not connected, trying again …");
            try (Relay second = Chat.alone(Chat.server(port)).start()) {
                assertThat(page.locator("#state")).hasText("connected");
                assertThat(second.health()).hasSize(1);
            }
        }
    }

    private static BrowserType.LaunchOptions options() {
        Path chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Chromium (expected: installed as /usr/bin/chromium)"));
        return new BrowserType.LaunchOptions()
                .setExecutablePath(chromium)
                .setArgs(List.of("--no-sandbox", "--disable-background-networking", "--disable-component-update"));
    }

    private static Page open(Browser browser, WebSocketServer server, List<String> errors) {
        Page page = browser.newContext().newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text());
            }
        });
        page.onPageError(errors::add);
        page.navigate("http://localhost:" + server.port() + "/");
        assertThat(page.locator("#state")).hasText("connected");
        return page;
    }

    private static void say(Page page, String name, String text) {
        page.locator("#name").fill(name);
        page.locator("#text").fill(text);
        page.locator("button").click();
        assertThat(page.locator(".message.mine")).hasText(name + text);
    }

    private static void publish(RedisServerProcess redis, String text) {
        RedisClient client = RedisClient.create(redis.uri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().publish("news", text);
        } finally {
            client.shutdown();
        }
    }
}
