package io.araldo.redis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where a read from a connection ends: after all handlers have seen what came. What one read brings can be handed over
 * together there. The first handler of each connection.
 */
final class ReadEnd extends ChannelInboundHandlerAdapter {
    private static final ThreadLocal<ReadEnd> READING = new ThreadLocal<>();

    private final List<Runnable> tasks = new ArrayList<>(1);

    /** Runs a task at the end of the present thread's read, or at once if there is none. */
    static void run(Runnable task) {
        ReadEnd reading = READING.get();
        if (reading == null) {
            task.run();
        } else {
            reading.tasks.add(task);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object data) {
        within(() -> ctx.fireChannelRead(data));
    }

    /** TLS may hand over what it has decrypted as late as here. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        within(ctx::fireChannelReadComplete);
    }

    private void within(Runnable read) {
        READING.set(this);
        try {
            read.run();
        } finally {
            READING.remove();
            forEachOf(tasks, Runnable::run);
        }
    }

    /**
     * Empties a list and does something with each, also after one with which that has failed; throws what was thrown
     * first. What is in the list meanwhile came after that.
     */
    static <T> void forEachOf(List<T> list, Consumer<T> action) {
        List<T> all = List.copyOf(list);
        list.clear();
        List<Throwable> failures = new ArrayList<>(0);
        for (T one : all) {
            try {
                action.accept(one);
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            rethrow(failures);
        }
    }

    private static void rethrow(List<Throwable> failures) {
        Throwable first = failures.get(0);
        failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
        if (first instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) first;
    }
}
