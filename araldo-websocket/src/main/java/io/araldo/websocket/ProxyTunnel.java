package io.araldo.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.memory.Buffers;

/**
 * The filter beneath TLS that asks an HTTP proxy for a tunnel ({@code CONNECT}, RFC 9110 section 9.3.6); the filters
 * above learn of the connection when the tunnel is there. Of one connection, on its I/O thread.
 */
final class ProxyTunnel extends BaseFilter {
    private final ClientAttempt attempt;
    private final ProxyAddress proxy;
    private final ClientFilter above;
    private final HttpHead answer = new HttpHead();
    private boolean isOpen;

    ProxyTunnel(ClientAttempt attempt, ProxyAddress proxy, ClientFilter above) {
        this.attempt = attempt;
        this.proxy = proxy;
        this.above = above;
    }

    @Override
    public NextAction handleConnect(FilterChainContext ctx) throws IOException {
        ClientOptions options = attempt.options();
        String target = options.tunnel();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Host", List.of(target));
        if (proxy.credentials() != null) {
            headers.put("Proxy-Authorization", List.of(ProxyAddress.basic(proxy.credentials())));
        }
        ByteBuffer request = HttpHead.request("CONNECT " + target, headers);
        ctx.write(Buffers.wrap(ctx.getMemoryManager(), request));
        return ctx.getStopAction();
    }

    @Override
    public NextAction handleRead(FilterChainContext ctx) throws IOException {
        if (isOpen) {
            return ctx.getInvokeAction();
        }
        Buffer buffer = ctx.getMessage();
        ByteBuffer data = buffer.toByteBuffer();
        try {
            if (answer.accept(data)) {
                answered(ctx, answer.status());
            }
        } catch (IOException e) {
            attempt.failed(new ConnectFailure.Proxy(e.getMessage()));
            ctx.getConnection().terminateSilently();
        }
        buffer.tryDispose();
        return ctx.getStopAction();
    }

    /** A server does not speak first: what might follow the head is nobody's. */
    private void answered(FilterChainContext ctx, int status) throws IOException {
        if (status / 100 != 2) {
            throw new IOException("answered " + status + (status == 407 ? ": it wants a user and a password" : ""));
        }
        isOpen = true;
        above.begin(ctx.getConnection());
    }
}
