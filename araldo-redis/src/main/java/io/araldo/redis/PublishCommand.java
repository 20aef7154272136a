package io.araldo.redis;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.Outcome;
import io.araldo.Payload;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * One {@code PUBLISH} on its way: the command, what takes the reply, and the message's acknowledgement in one object,
 * since there is one for each message. The reply is the number of subscribers; only that it came matters.
 */
final class PublishCommand extends CommandOutput<byte[], byte[], Long> implements RedisCommand<byte[], byte[], Long> {
    private static final CommandArgs<byte[], byte[]> NO_ARGUMENTS = new CommandArgs<>(ByteArrayCodec.INSTANCE);
    private static final VarHandle ANSWERED;

    static {
        try {
            ANSWERED = MethodHandles.lookup().findVarHandle(PublishCommand.class, "answered", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Publisher publisher;
    private final Payload payload;
    private final Acknowledgement acknowledgement;

    /** Whether it may have reached Redis; written by the connection's thread. */
    private volatile boolean written;

    /** The first answer counts. */
    private volatile boolean answered;

    PublishCommand(Publisher publisher, Payload payload, Acknowledgement acknowledgement) {
        super(ByteArrayCodec.INSTANCE, null);
        this.publisher = publisher;
        this.payload = payload;
        this.acknowledgement = acknowledgement;
    }

    /** Called on the connection's thread. */
    @Override
    public void encode(ByteBuf buffer) {
        written = true;
        publisher.frame().write(payload, buffer);
    }

    /** The reply is there. */
    @Override
    public void complete() {
        publisher.replied();
        if (!answered) {
            answer(hasError() ? Outcome.failed(publisher.refusal(getError())) : Outcome.delivered());
        }
    }

    /** The connection ended, or could not be written to. */
    @Override
    public boolean completeExceptionally(Throwable error) {
        return answer(written ? Outcome.unknown() : Outcome.dropped(DropReason.NOT_WRITABLE));
    }

    @Override
    public void cancel() {
        answer(written ? Outcome.unknown() : Outcome.dropped(DropReason.NOT_WRITABLE));
    }

    private boolean answer(Outcome outcome) {
        if (!ANSWERED.compareAndSet(this, false, true)) {
            return false;
        }
        publisher.answer(acknowledgement, outcome);
        return true;
    }

    @Override
    public boolean isDone() {
        return answered;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public CommandOutput<byte[], byte[], Long> getOutput() {
        return this;
    }

    @Override
    public void setOutput(CommandOutput<byte[], byte[], Long> output) {
        throw new IllegalStateException("the output of a PUBLISH is itself");
    }

    /** All it has to say is in {@link #encode}. */
    @Override
    public CommandArgs<byte[], byte[]> getArgs() {
        return NO_ARGUMENTS;
    }

    @Override
    public ProtocolKeyword getType() {
        return CommandType.PUBLISH;
    }

    @Override
    public void set(long subscribers) {}

    @Override
    public void set(ByteBuffer text) {}
}
