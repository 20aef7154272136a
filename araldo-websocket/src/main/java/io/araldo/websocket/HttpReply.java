package io.araldo.websocket;

import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.memory.Buffers;

/** Plain HTTP responses. */
final class HttpReply {
    private static final String TEXT = "text/plain; charset=utf-8";

    private HttpReply() {}

    /** Answers with a status and a line of text, and closes the connection. */
    static NextAction refuse(FilterChainContext ctx, HttpRequestPacket request, Refusal refusal) {
        HttpResponsePacket response = head(request, refusal.status(), TEXT);
        response.setHeader("Connection", "close");
        if (refusal.status() == 426) {
            response.setHeader("Upgrade", "websocket");
            response.setHeader("Sec-WebSocket-Version", "13");
        }
        if (refusal.status() == 401) {
            // RFC 9110 section 15.5.2 wants a challenge; a scheme that no browser knows makes none ask for a password.
            response.setHeader("WWW-Authenticate", "Application");
        }
        if (refusal.status() == 405) {
            response.setHeader("Allow", "GET, HEAD");
        }
        text(ctx, response, refusal.text());
        ctx.getConnection().closeSilently();
        return ctx.getStopAction();
    }

    /** The start of a response, not yet written. */
    static HttpResponsePacket head(HttpRequestPacket request, int status, String contentType) {
        request.setIgnoreContentModifiers(false);
        HttpResponsePacket response = request.getResponse();
        response.setStatus(status);
        response.setContentType(contentType);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-cache");
        return response;
    }

    /** Writes a whole response with a line of text. */
    static void text(FilterChainContext ctx, HttpResponsePacket response, String text) {
        response.setContentType(TEXT);
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        ctx.write(content(ctx, response, body, body.length, true));
    }

    /** A part of a response, or with {@code last} its end. */
    static HttpContent content(
            FilterChainContext ctx, HttpResponsePacket response, byte[] bytes, int length, boolean last) {
        return HttpContent.builder(response)
                .content(Buffers.wrap(ctx.getMemoryManager(), bytes, 0, length))
                .last(last)
                .build();
    }

    /** Tells the codec that the response is complete: it keeps the connection for the next request, or closes it. */
    static void complete(FilterChainContext ctx) {
        ctx.notifyDownstream(HttpServerFilter.RESPONSE_COMPLETE_EVENT);
    }
}
