package io.araldo.websocket;

import io.araldo.Marshaller;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link WebSocketClientEndpoint}. All but {@link #uri} have defaults, and all limits are on. Used by
 * one thread; {@link #build} reports all mistakes together.
 */
public final class WebSocketClientBuilder {
    private static final int MIB = 1 << 20;

    private final String name;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> subprotocols = new ArrayList<>();
    private @Nullable String uri;
    private @Nullable SSLContext tls;
    private @Nullable String proxy;
    private int maxMessageBytes = MIB;
    private int outboundMessages = 4_096;
    private long outboundBytes = 16 * MIB;
    private Duration pingInterval = Duration.ofSeconds(20);
    private Duration pongTimeout = Duration.ofSeconds(10);
    private Marshaller marshaller = Marshaller.raw();
    private boolean echoes;

    WebSocketClientBuilder(String name) {
        this.name = name;
    }

    /**
     * Where to connect: {@code ws://host:port/path?query} or {@code wss://…}. A user and a password in it
     * ({@code ws://user:password@host/}) are sent as Basic authentication. Neither they nor the query are shown in
     * addresses, errors or the log.
     */
    public WebSocketClientBuilder uri(String uri) {
        this.uri = uri;
        return this;
    }

    /** A header of the handshake, such as {@code Authorization}; its value is never shown. The last value counts. */
    public WebSocketClientBuilder header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Subprotocols to offer, the one preferred first; the server may choose one of them or none. */
    public WebSocketClientBuilder subprotocol(String... names) {
        subprotocols.addAll(List.of(names));
        return this;
    }

    /**
     * Whom to trust, and perhaps who we are, for {@code wss}; at first the JVM's default. That the certificate is for
     * the host of the {@link #uri} is checked in any case.
     */
    public WebSocketClientBuilder tls(SSLContext tls) {
        this.tls = tls;
        return this;
    }

    /**
     * An HTTP proxy to go through (with {@code CONNECT}): {@code http://host:port}, or with Basic authentication
     * {@code http://user:password@host:port}. At first none; the JVM's proxy settings do not count.
     */
    public WebSocketClientBuilder proxy(String proxy) {
        this.proxy = proxy;
        return this;
    }

    /**
     * The largest message that the server may send, in bytes, its fragments summed; at first 1 MiB. Beyond, the
     * connection is closed with 1009 and lost.
     */
    public WebSocketClientBuilder maxMessageBytes(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
        return this;
    }

    /**
     * How many messages may be unfinished: waiting to be written, or written and not confirmed; at first 4,096, which is
     * what one route holds. Beyond, a message is dropped ({@link io.araldo.DropReason#OVERFLOW}): there is one peer, and
     * to cut it off would lose more.
     */
    public WebSocketClientBuilder outboundMessages(int outboundMessages) {
        this.outboundMessages = outboundMessages;
        return this;
    }

    /**
     * How many bytes may wait to be written; at first 16 MiB; beyond as for {@link #outboundMessages}. A single message
     * is taken whatever its size when nothing else waits.
     */
    public WebSocketClientBuilder outboundBytes(long outboundBytes) {
        this.outboundBytes = outboundBytes;
        return this;
    }

    /** A server from which nothing came for so long is sent a ping; at first 20 s. */
    public WebSocketClientBuilder pingInterval(Duration pingInterval) {
        this.pingInterval = pingInterval;
        return this;
    }

    /**
     * A server from which nothing comes for so long after such a ping is lost; at first 10 s. A server that does not
     * read for longer than both together, since it is full, cannot be told from one that is gone.
     */
    public WebSocketClientBuilder pongTimeout(Duration pongTimeout) {
        this.pongTimeout = pongTimeout;
        return this;
    }

    /** How messages look on the wire; at first {@link Marshaller#raw}. */
    public WebSocketClientBuilder marshaller(Marshaller marshaller) {
        this.marshaller = marshaller;
        return this;
    }

    /**
     * Says that the server sends to others what it gets, and so back to other connections of ours, as a chat does. The
     * {@link #uri}, without its query, is a resource then that {@link WebSocketClientEndpoint#writes} and reads: a plan
     * whose routes feed themselves through it is refused. At first not.
     */
    public WebSocketClientBuilder echoes() {
        this.echoes = true;
        return this;
    }

    /**
     * The endpoint. Nothing is connected.
     *
     * @throws IllegalArgumentException that names all mistakes
     */
    public WebSocketClientEndpoint build() {
        ClientChecks checks = new ClientChecks();
        checks.name(name);
        URI target = checks.uri(uri);
        checks.headers(headers);
        checks.subprotocols(subprotocols);
        ProxyAddress through = checks.proxy(proxy);
        checks.limits(maxMessageBytes, outboundMessages, outboundBytes);
        checks.times(pingInterval, pongTimeout);
        checks.tls(target, tls);
        checks.marshaller(marshaller);
        return new WebSocketClientEndpoint(new ClientOptions(
                name,
                checks.reported(target),
                allHeaders(target),
                List.copyOf(subprotocols),
                tls,
                through,
                maxMessageBytes,
                outboundMessages,
                outboundBytes,
                pingInterval,
                pongTimeout,
                marshaller,
                echoes));
    }

    private Map<String, String> allHeaders(@Nullable URI target) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        Authority authority = target == null ? null : Authority.of(target);
        if (authority != null && authority.login() != null) {
            all.putIfAbsent("Authorization", ProxyAddress.basic(authority.login()));
        }
        return Collections.unmodifiableMap(all);
    }
}
