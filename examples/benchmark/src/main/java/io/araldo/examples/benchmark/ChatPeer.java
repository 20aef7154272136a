package io.araldo.examples.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Those whose fan-out is compared. */
enum ChatPeer {
    ARALDO("Araldo"),
    VERTX("Vert.x"),
    UNDERTOW("Undertow"),
    JETTY("Jetty"),
    TYRUS("Tyrus"),
    BUN("Bun"),
    NODE("Node");

    private final String shown;

    ChatPeer(String shown) {
        this.shown = shown;
    }

    /** @throws IllegalArgumentException that lists the names there are */
    static ChatPeer of(String name) {
        return Arrays.stream(values())
                .filter(peer -> peer.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " (expected: "
                        + Arrays.stream(values())
                                .map(peer -> peer.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + ")"));
    }

    /** Those that run on the JVM. */
    static List<ChatPeer> inJava() {
        return Arrays.stream(values()).filter(ChatPeer::isJava).toList();
    }

    boolean isJava() {
        return this != BUN && this != NODE;
    }

    /** Starts one in Java, on any free port. */
    Chat start() {
        return switch (this) {
            case ARALDO -> new AraldoChat();
            case VERTX -> new VertxChat();
            case UNDERTOW -> new UndertowChat();
            case JETTY -> new JettyChat();
            case TYRUS -> new TyrusChat();
            case BUN, NODE -> throw new IllegalArgumentException(this + " does not run on the JVM");
        };
    }

    /** What starts one that is not in Java: its script, by a program that npm has installed beside it or that is there. */
    List<String> command(Path scripts) {
        String program = this == BUN ? scripts.resolve("node_modules/.bin/bun").toString() : "node";
        return List.of(
                program,
                scripts.resolve(name().toLowerCase(Locale.ROOT) + ".mjs").toString());
    }

    @Override
    public String toString() {
        return shown;
    }
}
