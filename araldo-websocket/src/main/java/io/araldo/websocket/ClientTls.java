package io.araldo.websocket;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.ssl.SSLFilter;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards the host of the URI: its name is sent (SNI), and the certificate must be for it.
 *
 * <p>Grizzly by itself would take the name of whatever it is connected to, which is the proxy where there is one, and
 * check nothing. And it has several ways to an engine: the first read of a connection makes one if none is there, with
 * what it takes for the server's configuration. So every engine is made here, whoever asks, and both roles are ours.
 */
final class ClientTls extends SSLEngineConfigurator {
    private final String host;
    private final int port;

    private ClientTls(ClientOptions options) {
        super(context(options.tls()), true, false, false);
        this.host = options.host();
        this.port = options.port();
    }

    static SSLFilter filter(ClientOptions options) {
        ClientTls tls = new ClientTls(options);
        return new TlsFilter(tls, tls);
    }

    private static SSLContext context(@Nullable SSLContext given) {
        try {
            return given == null ? SSLContext.getDefault() : given;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JVM has no default TLS", e);
        }
    }

    @Override
    public SSLEngine createSSLEngine(@Nullable String peerHost, int peerPort) {
        return super.createSSLEngine(host, port);
    }

    /** Grizzly may call it again for an engine that it has. */
    @Override
    public SSLEngine configure(SSLEngine engine) {
        super.configure(engine);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public SSLEngineConfigurator copy() {
        return this;
    }
}
