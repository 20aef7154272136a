package io.araldo.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a host's container calls for a path that was deployed there, handed on to our side of it. */
final class HostedEndpoint {
    /** What a client reads that comes while no relay has the path open. */
    static final CloseCode NOT_OPEN = new CloseCode(1013, "no relay is open here now; try again later");

    private static final Logger log = LoggerFactory.getLogger(HostedEndpoint.class);

    /** Where the handshake leaves what it found, for the session that follows it. */
    private static final String FOUND = HostedEndpoint.class.getName();

    private HostedEndpoint() {}

    static ServerEndpointConfig configOf(String path, HostContainer host) {
        return ServerEndpointConfig.Builder.create(Adapter.class, path)
                .configurator(new Handshakes(path, host))
                .build();
    }

    /**
     * Looks at handshakes. Only {@link #modifyHandshake} is told the Host header, and it cannot refuse (with some
     * containers a status set there reaches the client and lets the session open all the same): what it finds is heeded
     * when the session opens, before a message is read. Every method is overridden, for those that are inherited ask
     * whichever container's classes are found first.
     */
    private static final class Handshakes extends ServerEndpointConfig.Configurator {
        private final String path;
        private final HostContainer host;

        Handshakes(String path, HostContainer host) {
            this.path = path;
            this.host = host;
        }

        @Override
        public boolean checkOrigin(String origin) {
            return host.origins().mayBeAllowed(origin);
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            Map<String, List<String>> headers = new HashMap<>();
            request.getHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
            Handshake handshake = new Handshake("GET", "HTTP/1.1", pathOf(request), headers, HostedServer.UNKNOWN);
            Refusal refusal = host.origins().check(handshake);
            Verdict verdict = refusal != null
                    ? new Verdict(null, refusal)
                    : host.identify(
                            handshake.asOfClient(request.getQueryString()), identityOf(request.getUserPrincipal()));
            config.getUserProperties().put(FOUND, verdict);
        }

        private String pathOf(HandshakeRequest request) {
            return request.getRequestURI() == null
                    ? path
                    : request.getRequestURI().getRawPath();
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new Adapter(path, host));
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return "";
        }

        /** None: a deflated message has no bound. */
        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }
    }

    private static @Nullable Identity identityOf(@Nullable Principal principal) {
        String name = principal == null ? null : principal.getName();
        return name == null || !Names.isPrincipal(name) ? null : Identity.of(name);
    }

    private static CloseCode codeOf(Refusal refusal) {
        return new CloseCode(refusal.status() == 500 ? 1011 : 1008, refusal.text());
    }

    /** One session. Public because some containers are silent if they may not call it; hidden by the class around it. */
    public static final class Adapter extends Endpoint {
        private final String path;
        private final HostContainer host;

        /** Null if the session was refused; set once, before anything else is called. */
        private volatile @Nullable Session session;

        Adapter(String path, HostContainer host) {
            this.path = path;
            this.host = host;
        }

        @Override
        public void onOpen(jakarta.websocket.Session theirs, EndpointConfig config) {
            CloseCode refusal = open(theirs);
            if (refusal != null) {
                JakartaWire.close(theirs, refusal);
            }
        }

        private @Nullable CloseCode open(jakarta.websocket.Session theirs) {
            if (!(theirs.getUserProperties().get(FOUND) instanceof Verdict found)) {
                return new CloseCode(1011, "the handshake was not seen");
            }
            HostedServer server = host.serving();
            CloseCode refusal = found.refusal() != null
                    ? codeOf(found.refusal())
                    : server == null ? NOT_OPEN : server.enter(path, theirs);
            if (refusal != null || server == null) {
                return refusal;
            }
            Identity known = host.authenticates() ? null : identityOf(theirs.getUserPrincipal());
            Session opened = server.newSession(path, theirs, known != null ? known : found.identity());
            if (opened == null) {
                return NOT_OPEN;
            }
            session = opened;
            listen(theirs, opened);
            opened.opened();
            return null;
        }

        /** Part by part: for whole messages Tomcat keeps a buffer of the largest size for each session. */
        private static void listen(jakarta.websocket.Session theirs, Session session) {
            MessageParts parts = new MessageParts(session);
            MessageHandler.Partial<String> texts = parts::text;
            MessageHandler.Partial<ByteBuffer> binaries = parts::binary;
            MessageHandler.Whole<PongMessage> pongs = pong -> session.heard();
            theirs.addMessageHandler(String.class, texts);
            theirs.addMessageHandler(ByteBuffer.class, binaries);
            theirs.addMessageHandler(PongMessage.class, pongs);
        }

        @Override
        public void onClose(jakarta.websocket.Session theirs, CloseReason reason) {
            Session ended = session;
            if (ended != null) {
                String why = reason.getReasonPhrase();
                ended.protocolCode(new CloseCode(reason.getCloseCode().getCode(), why == null ? "" : why));
                ended.connectionEnded();
            }
        }

        /** The container ends the session, and says why by {@link #onClose}. */
        @Override
        public void onError(jakarta.websocket.Session theirs, Throwable error) {
            log.debug("{}: a session failed", path, error);
        }
    }
}
