package io.araldo.websocket;

import javax.net.ssl.SSLException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.ssl.SSLConnectionContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.ssl.SSLFilter;
import org.jspecify.annotations.Nullable;

/**
 * Grizzly's filter for TLS, which drops what it has decrypted if the alert that nothing more comes (RFC 8446 section 6.1) was in
 * the same read: this one hands it on.
 */
final class TlsFilter extends SSLFilter {
    TlsFilter(SSLEngineConfigurator server, @Nullable SSLEngineConfigurator client) {
        super(server, client);
    }

    @Override
    protected NextAction unwrapAll(FilterChainContext ctx, SSLConnectionContext tls) throws SSLException {
        Buffer encrypted = ctx.getMessage();
        NextAction next = super.unwrapAll(ctx, tls);
        Buffer decrypted = ctx.getMessage();
        boolean isDropped = decrypted != encrypted
                && decrypted.hasRemaining()
                && next.type() == ctx.getStopAction().type();
        return isDropped ? ctx.getInvokeAction() : next;
    }
}
