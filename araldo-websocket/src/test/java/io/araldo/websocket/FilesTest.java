package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.testing.ThreadLeakExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files on the port of the endpoints. */
class FilesTest {
    @RegisterExtension
    static final ThreadLeakExtension LEAKS = ThreadLeakExtension.afterEachTest();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path folder;

    private Path web;

    @BeforeEach
    void makeFiles() throws Exception {
        web = Files.createDirectories(folder.resolve("web"));
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.writeString(web.resolve("index.html"), "<p>grüße</p>");
        Files.writeString(web.resolve("app.js"), "let x;");
        Files.writeString(web.resolve("unknown.xyz"), "?");
        Files.createDirectories(web.resolve("sub"));
        Files.writeString(web.resolve("sub/index.html"), "sub");
        Files.writeString(web.resolve("sub/a b.txt"), "blank");
        Files.write(web.resolve("large.bin"), new byte[3_000_001]);
        Files.writeString(web.resolve("empty.css"), "");
    }

    private OpenEndpoint open() {
        return OpenEndpoint.of(WebSocketServer.builder().files("/", web));
    }

    private static HttpResponse<String> get(OpenEndpoint open, String path) throws Exception {
        return request(open, "GET", path);
    }

    private static HttpResponse<String> request(OpenEndpoint open, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + open.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(5))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String type(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    @Test
    void aFileIsServedWithItsContentType() throws Exception {
        try (OpenEndpoint open = open()) {
            HttpResponse<String> script = get(open, "/app.js");
            assertThat(script.statusCode()).isEqualTo(200);
            assertThat(script.body()).isEqualTo("let x;");
            assertThat(type(script)).isEqualTo("text/javascript; charset=utf-8");
            assertThat(script.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(type(get(open, "/unknown.xyz"))).isEqualTo("application/octet-stream");
        }
    }

    @Test
    void aFolderIsServedAsItsIndex() throws Exception {
        try (OpenEndpoint open = open()) {
            HttpResponse<String> index = get(open, "/");
            assertThat(index.body()).isEqualTo("<p>grüße</p>");
            assertThat(type(index)).isEqualTo("text/html; charset=utf-8");
            assertThat(get(open, "/sub/").body()).isEqualTo("sub");
        }
    }

    @Test
    void aFolderWithoutItsSlashIsMoved() throws Exception {
        try (OpenEndpoint open = open()) {
            HttpResponse<String> moved = get(open, "/sub");
            assertThat(moved.statusCode()).isEqualTo(301);
            assertThat(moved.headers().firstValue("Location")).contains("/sub/");
        }
    }

    @Test
    void anEscapedNameIsDecoded() throws Exception {
        try (OpenEndpoint open = open()) {
            assertThat(get(open, "/sub/a%20b.txt").body()).isEqualTo("blank");
        }
    }

    @Test
    void largeAndEmptyFilesAreServedWhole() throws Exception {
        try (OpenEndpoint open = open()) {
            assertThat(get(open, "/large.bin").body()).hasSize(3_000_001);
            assertThat(get(open, "/empty.css").body()).isEmpty();
        }
    }

    @Test
    void headHasTheHeadersOnly() throws Exception {
        try (OpenEndpoint open = open()) {
            HttpResponse<String> head = request(open, "HEAD", "/app.js");
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("Content-Length")).contains("6");
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void otherMethodsAreAnsweredWith405() throws Exception {
        try (OpenEndpoint open = open()) {
            HttpResponse<String> answer = request(open, "DELETE", "/app.js");
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
        }
    }

    @Test
    void whatIsNotThereIsAnsweredWith404() throws Exception {
        try (OpenEndpoint open = open();
                OpenEndpoint without = OpenEndpoint.withDefaults()) {
            assertThat(get(open, "/nothing.html").statusCode()).isEqualTo(404);
            assertThat(get(without, "/").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void nothingOutsideTheFolderIsServed() throws Exception {
        Files.createSymbolicLink(web.resolve("link.txt"), folder.resolve("secret.txt"));
        try (OpenEndpoint open = open()) {
            for (String path : List.of(
                    "/../secret.txt",
                    "/sub/../../secret.txt",
                    "/%2e%2e/secret.txt",
                    "/..%2fsecret.txt",
                    "/%252e%252e/secret.txt",
                    "/..%5csecret.txt",
                    "//secret.txt",
                    "/./../secret.txt",
                    "/link.txt",
                    "/app.js%00.html",
                    "/%zz")) {
                assertThat(raw(open, path)).as(path).startsWith("HTTP/1.1 404 ").doesNotContain("secret\n");
            }
        }
    }

    /** HttpClient would tidy such paths up. */
    private static String raw(OpenEndpoint open, String path) throws Exception {
        try (RawClient client = RawClient.open(open.port())) {
            client.write("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            return client.readAll();
        }
    }

    @Test
    void severalRequestsShareAConnectionEvenAtOnce() throws Exception {
        try (OpenEndpoint open = open();
                RawClient client = RawClient.open(open.port())) {
            String request = "GET /app.js HTTP/1.1\r\nHost: x\r\n\r\n";
            client.write(request + request + request + "GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(client.readAll()).containsSubsequence("let x;", "let x;", "let x;", "404", "nothing here");
        }
    }

    @Test
    void anUpgradeMayFollowARequestOnOneConnection() throws Exception {
        try (OpenEndpoint open = open();
                RawClient client = RawClient.open(open.port())) {
            client.write("HEAD /app.js HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            client.handshake("/chat");
            client.send("hello");
            await().untilAsserted(() -> assertThat(open.inbox().texts()).containsExactly("hello"));
        }
    }

    @Test
    void aDownloadThatIsCutLeavesNothingBehind() throws Exception {
        try (OpenEndpoint open = open();
                RawClient client = RawClient.open(open.port(), 4_096)) {
            client.write("GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readHead()).contains("3000001");
            client.cut();
            assertThat(get(open, "/app.js").body()).isEqualTo("let x;");
        }
    }

    @Test
    void resourcesAreServedFromFoldersAndJars() throws Exception {
        WebSocketServerBuilder options = WebSocketServer.builder()
                .resources("/own", FilesTest.class, "web-test")
                .resources("/junit", Test.class, "META-INF");
        try (OpenEndpoint open = OpenEndpoint.of(options)) {
            assertThat(get(open, "/own/").body()).contains("a page for tests");
            assertThat(get(open, "/own").headers().firstValue("Location")).contains("/own/");
            assertThat(get(open, "/own/sub").headers().firstValue("Location")).contains("/own/sub/");
            assertThat(get(open, "/own/sub/").body()).contains("another page");
            assertThat(get(open, "/own/sub/x.txt").body()).contains("x");
            assertThat(get(open, "/junit/LICENSE.md").body()).contains("Eclipse");
            for (String path : List.of("/own/nothing", "/junit/", "/junit/services", "/")) {
                assertThat(get(open, path).statusCode()).as(path).isEqualTo(404);
            }
        }
    }

    @Test
    void theLongestMountWins() throws Exception {
        WebSocketServerBuilder options =
                WebSocketServer.builder().files("/", web).files("/sub", web).files("/sub/sub/", folder);
        try (OpenEndpoint open = OpenEndpoint.of(options)) {
            assertThat(get(open, "/sub/app.js").body()).isEqualTo("let x;");
            assertThat(get(open, "/sub/sub/secret.txt").body()).isEqualTo("secret");
            assertThat(get(open, "/sub/index.html").body()).contains("grüße");
        }
    }
}
