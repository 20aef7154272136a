package io.araldo.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file on its way to a client, 64 kB at a time, the next when the one before is written: a slow client holds one
 * part in memory. Runs on the disk executor, one step at a time.
 */
final class FileReply {
    private static final Logger log = LoggerFactory.getLogger(FileReply.class);
    private static final int PART_BYTES = 1 << 16;

    private final FilterChainContext ctx;
    private final HttpRequestPacket request;
    private final StaticFiles files;
    private final Executor disk;
    private final Arrival arrival;

    FileReply(FilterChainContext ctx, HttpRequestPacket request, StaticFiles files, Executor disk, Arrival arrival) {
        this.ctx = ctx;
        this.request = request;
        this.files = files;
        this.disk = disk;
        this.arrival = arrival;
    }

    void begin() {
        try {
            StaticFiles.Answer answer = files.find(request.getRequestURI());
            if (answer instanceof StaticFiles.Found found) {
                send(found);
            } else if (answer instanceof StaticFiles.Moved moved) {
                HttpResponsePacket response = HttpReply.head(request, 301, "");
                response.setHeader("Location", moved.path());
                sendText(response, moved.path());
            } else {
                sendText(HttpReply.head(request, 404, ""), "nothing here");
            }
        } catch (IOException | RuntimeException e) {
            log.warn("Cannot serve {}: {}", request.getRequestURI(), e.toString());
            ctx.getConnection().terminateSilently();
        }
    }

    private void sendText(HttpResponsePacket response, String text) {
        HttpReply.text(ctx, response, text);
        complete();
    }

    private void send(StaticFiles.Found found) throws IOException {
        HttpResponsePacket response = HttpReply.head(request, 200, found.contentType());
        response.setContentLengthLong(found.file().length());
        if (request.getMethod().equals(Method.HEAD)) {
            found.file().stream().close();
            ctx.write(HttpReply.content(ctx, response, new byte[0], 0, true));
            complete();
        } else {
            new Parts(response, found.file().stream(), found.file().length()).next();
        }
    }

    /** The codec keeps the connection, and the next request may be read. */
    private void complete() {
        arrival.progressed();
        HttpReply.complete(ctx);
        ctx.getConnection().executeInEventThread(IOEvent.READ, () -> ctx.resume(ctx.getStopAction()));
    }

    /** The content, part by part. */
    @SuppressWarnings("rawtypes")
    private final class Parts extends EmptyCompletionHandler<WriteResult> {
        private final HttpResponsePacket response;
        private final InputStream content;
        private long toSend;

        Parts(HttpResponsePacket response, InputStream content, long length) {
            this.response = response;
            this.content = content;
            this.toSend = length;
        }

        void next() {
            try {
                byte[] part = content.readNBytes((int) Math.min(PART_BYTES, toSend));
                if (part.length == 0 && toSend > 0) {
                    throw new IOException("the file has become shorter");
                }
                toSend -= part.length;
                ctx.write(HttpReply.content(ctx, response, part, part.length, toSend == 0), this);
            } catch (IOException e) {
                failed(e);
            }
        }

        @Override
        public void completed(WriteResult result) {
            arrival.progressed();
            try {
                disk.execute(toSend > 0 ? this::next : this::end);
            } catch (RejectedExecutionException e) {
                failed(e);
            }
        }

        private void end() {
            close();
            complete();
        }

        @Override
        public void failed(Throwable failure) {
            close();
            ctx.getConnection().terminateSilently();
        }

        private void close() {
            try {
                content.close();
            } catch (IOException e) {
                log.debug("Cannot close {}", request.getRequestURI(), e);
            }
        }
    }
}
