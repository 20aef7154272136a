package io.araldo.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A wire whose writes end when the test says so. For one thread. */
final class ScriptedWire implements Wire {
    /** Each write, its frames as {@code opcode:payload}. */
    final List<List<String>> writes = new ArrayList<>();

    final List<String> ends = new ArrayList<>();
    private Consumer<Throwable> inFlight;
    private boolean atOnce;
    private Runnable reaction = () -> {};

    /** What it says of the present write. */
    long unwritten;

    int retries;

    /** From here on a write is done before {@link #write} returns. */
    void completesAtOnce() {
        atOnce = true;
    }

    /** What happens in each write. */
    void onWrite(Runnable reaction) {
        this.reaction = reaction;
    }

    @Override
    public void write(List<ByteBuffer> buffers, Consumer<Throwable> done) {
        if (inFlight != null) {
            throw new AssertionError("two writes at a time");
        }
        writes.add(buffers.stream().map(ScriptedWire::describe).toList());
        reaction.run();
        if (atOnce) {
            done.accept(null);
        } else {
            inFlight = done;
        }
    }

    private static String describe(ByteBuffer frame) {
        int opcode = frame.get() & 0x0f;
        int headerRest = frame.get() == 126 ? 2 : 0;
        frame.position(frame.position() + headerRest + (opcode == 8 ? 2 : 0));
        return opcode + ":" + StandardCharsets.UTF_8.decode(frame);
    }

    void complete() {
        finish(null);
    }

    void fail() {
        finish(new AssertionError("as the test wants it"));
    }

    private void finish(Throwable failure) {
        Consumer<Throwable> done = inFlight;
        inFlight = null;
        done.accept(failure);
    }

    @Override
    public long unwritten() {
        return unwritten;
    }

    @Override
    public void retry() {
        retries++;
    }

    @Override
    public void close() {
        ends.add("close");
    }

    @Override
    public void terminate() {
        ends.add("terminate");
    }
}
