package io.araldo.websocket;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;

/** Answers the HTTP requests that are no handshakes with the server's files. */
final class HttpFiles {
    private final StaticFiles files;
    private final Executor disk;

    /** Files are read by {@code disk}, never by an I/O thread. */
    HttpFiles(StaticFiles files, Executor disk) {
        this.files = files;
        this.disk = disk;
    }

    /** Answers, now or later; until then the connection is not read. */
    NextAction answer(FilterChainContext ctx, HttpRequestPacket request, Arrival arrival) {
        if (!request.getMethod().equals(Method.GET) && !request.getMethod().equals(Method.HEAD)) {
            return HttpReply.refuse(ctx, request, new Refusal(405, "method: (expected: GET or HEAD)"));
        }
        FileReply reply = new FileReply(ctx, request, files, disk, arrival);
        NextAction suspended = ctx.getSuspendAction();
        ctx.suspend();
        try {
            disk.execute(reply::begin);
        } catch (RejectedExecutionException e) {
            ctx.getConnection().terminateSilently();
        }
        return suspended;
    }
}
