package io.araldo.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a proxied connection. Holds at most 320 KiB. Owned by the thread of the proxy. */
final class ProxyPipe {
    private static final int CAPACITY_BYTES = 256 << 10;

    /** A budget is saved up for so long at most, or for one byte if that takes longer. */
    private static final long BURST_NANOS = 100_000_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private record Chunk(ByteBuffer bytes, long readAt) {}

    private final SocketChannel from;
    private final SocketChannel to;
    private final Deque<Chunk> held = new ArrayDeque<>();

    private int heldBytes;
    private boolean ended;
    private boolean finished;
    private boolean blocked;
    private long budgetFrom;

    ProxyPipe(SocketChannel from, SocketChannel to) {
        this.from = from;
        this.to = to;
    }

    boolean wantsToRead(Fault fault) {
        return !ended && heldBytes < CAPACITY_BYTES && fault.kind() != Fault.Kind.STOP_READING;
    }

    /** Whether the receiver has no room for bytes that are due. */
    boolean wantsToWrite() {
        return blocked;
    }

    /** Whether the sender has ended and the receiver knows. */
    boolean isFinished() {
        return finished;
    }

    /** Moves what can be moved now. */
    void move(Fault fault, boolean discard, ByteBuffer scratch, long now) throws IOException {
        if (wantsToRead(fault)) {
            read(discard, scratch, now);
        }
        write(fault, now);
        if (ended && held.isEmpty() && !finished) {
            finished = true;
            to.shutdownOutput();
        }
    }

    private void read(boolean discard, ByteBuffer scratch, long now) throws IOException {
        int count = from.read(scratch.clear());
        ended = count < 0;
        if (count > 0 && !discard) {
            ByteBuffer copy = ByteBuffer.allocate(count).put(scratch.flip()).flip();
            held.addLast(new Chunk(copy, now));
            heldBytes += count;
        }
    }

    private void write(Fault fault, long now) throws IOException {
        blocked = false;
        Chunk chunk = held.peekFirst();
        while (chunk != null && !blocked && now - dueAt(chunk, fault) >= 0) {
            int written = writeSome(chunk.bytes(), fault, now);
            heldBytes -= written;
            blocked = chunk.bytes().hasRemaining();
            if (!blocked) {
                held.removeFirst();
                chunk = held.peekFirst();
            }
        }
        blocked &= wakeIn(fault, now) == 0;
    }

    private int writeSome(ByteBuffer bytes, Fault fault, long now) throws IOException {
        if (fault.kind() != Fault.Kind.RATE) {
            return to.write(bytes);
        }
        budgetFrom = Math.max(budgetFrom, now - Math.max(BURST_NANOS, nanosPerByte(fault)));
        long allowed = (now - budgetFrom) * fault.bytesPerSecond() / NANOS_PER_SECOND;
        int limit = bytes.limit();
        bytes.limit(bytes.position() + (int) Math.min(bytes.remaining(), Math.max(0, allowed)));
        int written = to.write(bytes);
        bytes.limit(limit);
        budgetFrom += written * NANOS_PER_SECOND / fault.bytesPerSecond();
        return written;
    }

    private static long dueAt(Chunk chunk, Fault fault) {
        return chunk.readAt() + fault.delay().toNanos();
    }

    /** In how many nanoseconds something is due; {@code Long.MAX_VALUE} if nothing is held. */
    long wakeIn(Fault fault, long now) {
        Chunk first = held.peekFirst();
        if (first == null) {
            return Long.MAX_VALUE;
        }
        long due = dueAt(first, fault);
        if (fault.kind() == Fault.Kind.RATE) {
            due = Math.max(due, budgetFrom + nanosPerByte(fault));
        }
        return Math.max(0, due - now);
    }

    private static long nanosPerByte(Fault fault) {
        return (NANOS_PER_SECOND + fault.bytesPerSecond() - 1) / fault.bytesPerSecond();
    }

    /** Reads and forgets. */
    void drain(ByteBuffer scratch) throws IOException {
        held.clear();
        heldBytes = 0;
        blocked = false;
        ended = ended || from.read(scratch.clear()) < 0;
    }

    /** Whether the sender has ended. */
    boolean isEnded() {
        return ended;
    }
}
