package io.araldo.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a {@link Backlog} hands over to be written, for tests to read. */
final class SentFrames {
    private SentFrames() {}

    static ByteBuffer bytes(Backlog.Load load) {
        List<ByteBuffer> buffers = new ArrayList<>();
        load.addTo(buffers);
        ByteBuffer all = ByteBuffer.allocate(
                buffers.stream().mapToInt(ByteBuffer::remaining).sum());
        buffers.forEach(all::put);
        return all.flip();
    }

    /** The payloads, as text, of frames that follow each other. */
    static List<String> texts(ByteBuffer frames) {
        List<String> texts = new ArrayList<>();
        while (frames.hasRemaining()) {
            frames.get();
            int length = frames.get() & 0x7f;
            byte[] payload = new byte
                    [length == 126 ? frames.getShort() & 0xffff : length == 127 ? (int) frames.getLong() : length];
            frames.get(payload);
            texts.add(new String(payload, StandardCharsets.UTF_8));
        }
        return texts;
    }

    /** What the next write would carry; nothing if nothing waits. The write is done at once. */
    static List<String> next(Backlog backlog) {
        Backlog.Load load = backlog.next();
        if (load == null) {
            return List.of();
        }
        load.written();
        return texts(bytes(load));
    }
}
