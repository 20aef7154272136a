package io.araldo.websocket;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.glassfish.grizzly.ssl.SSLConnectionContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.ssl.SSLFilter;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards the host of the URI: its name is sent (SNI), and the certificate must be for it. Grizzly by itself would
 * take the name of whatever it is connected to, which is the proxy where there is one, and check nothing.
 */
final class ClientTls extends SSLFilter {
    private final ClientOptions options;

    ClientTls(ClientOptions options) {
        this(options, new SSLEngineConfigurator(context(options.tls()), true, false, false));
    }

    private ClientTls(ClientOptions options, SSLEngineConfigurator configurator) {
        super(configurator, configurator);
        this.options = options;
    }

    private static SSLContext context(@Nullable SSLContext given) {
        try {
            return given == null ? SSLContext.getDefault() : given;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JVM has no default TLS", e);
        }
    }

    @Override
    protected SSLEngine createClientSSLEngine(SSLConnectionContext context, SSLEngineConfigurator configurator) {
        SSLEngine engine = configurator.createSSLEngine(options.host(), options.port());
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }
}
