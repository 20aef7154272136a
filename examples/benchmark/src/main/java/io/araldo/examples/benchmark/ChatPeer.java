package io.araldo.examples.benchmark;

import java.util.Locale;

/** Those whose fan-out is compared. */
enum ChatPeer {
    ARALDO("Araldo"),
    VERTX("Vert.x"),
    UNDERTOW("Undertow"),
    JETTY("Jetty"),
    TYRUS("Tyrus");

    private final String shown;

    ChatPeer(String shown) {
        this.shown = shown;
    }

    static ChatPeer of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** On any free port. */
    Chat start() {
        return switch (this) {
            case ARALDO -> new AraldoChat();
            case VERTX -> new VertxChat();
            case UNDERTOW -> new UndertowChat();
            case JETTY -> new JettyChat();
            case TYRUS -> new TyrusChat();
        };
    }

    @Override
    public String toString() {
        return shown;
    }
}
