package io.araldo.websocket;

import io.araldo.DropReason;
import io.araldo.Ledger.SessionCount;
import io.araldo.Origin;
import io.araldo.Payload;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: its way in, its way out, and its end. The way in ({@link #read}) belongs to the I/O thread of its
 * connection; everything else may be called from any thread, and nothing blocks.
 *
 * <p>A session ends in two steps: a Close frame begins the end (or nothing does, when the connection just breaks), and
 * the end of the connection completes it. The first code that is known is the one that is reported.
 */
final class Session implements ClientSession, TyrusPeer {
    /** How long a client may take to do its part of a close. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Session.class);

    /** Where it stands. */
    private enum Stage {
        /** It has a place in its room, and nobody sees it: to OPEN, or to ENDED if the connection is gone that early. */
        NEW,
        /** The link knows it: to ENDED. */
        OPEN,
        /** The connection is gone. */
        ENDED
    }

    private final String id;
    private final ServerLink link;
    private final Room room;
    private final String remoteAddress;
    private final Instant openedAt;
    private final Origin origin;
    private final Set<String> initialGroups;
    private final Wire wire;
    private final Cursor cursor;
    private final SessionWriter writer;
    private final ScheduledExecutorService timer;

    private final SessionReader reader;

    /** Of the I/O thread: set once, before the end. */
    private Runnable release = () -> {};

    /** How to read on, while reading is paused; taken by whoever comes first, the inbox or the end of the session. */
    private final AtomicReference<@Nullable Runnable> paused = new AtomicReference<>();

    /** Whether it is in its room's list of those that have a message of their own to write. */
    private final AtomicBoolean toFlush = new AtomicBoolean();

    private final AtomicReference<@Nullable CloseCode> code = new AtomicReference<>();
    /** Changed by whoever opens it, once, and by whoever ends it. */
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.NEW);

    /** {@link System#nanoTime}; written by the I/O thread. */
    private volatile long lastRead = System.nanoTime();

    /** When the ping went out that is not answered; 0 if there is none. Of the timer's thread. */
    private long pinged;

    /**
     * A session of a room, which is written to when it has {@linkplain #opened opened}.
     *
     * @param identity whom somebody has authenticated
     */
    Session(
            String id,
            ServerLink link,
            Room room,
            Wire wire,
            String remoteAddress,
            @Nullable Identity identity,
            ScheduledExecutorService timer) {
        this.id = id;
        this.link = link;
        this.room = room;
        this.wire = wire;
        this.remoteAddress = remoteAddress;
        this.timer = timer;
        this.openedAt = link.now();
        this.origin = link.originOf(id, identity == null ? null : identity.principal());
        this.initialGroups = identity == null ? Set.of() : identity.groups();
        this.reader = new SessionReader(this, link.options().maxMessageBytes());
        this.cursor = room.join();
        this.writer = new SessionWriter(wire, cursor);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String endpoint() {
        return link.name();
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public Instant openedAt() {
        return openedAt;
    }

    @Override
    public Optional<String> principal() {
        return Optional.ofNullable(origin.principal());
    }

    @Override
    public Set<String> groups() {
        return link.book().groupsOf(this);
    }

    @Override
    public void join(String group) {
        link.book().join(this, group);
    }

    @Override
    public void leave(String group) {
        link.book().leave(this, group);
    }

    /** The groups that it is in when it opens. */
    Set<String> initialGroups() {
        return initialGroups;
    }

    @Override
    public void close(int code, String reason) {
        close(CloseCode.checked(code, reason));
    }

    /** The origin of its messages. */
    Origin origin() {
        return origin;
    }

    /** The largest message that is taken. */
    int maxMessageBytes() {
        return link.options().maxMessageBytes();
    }

    @Override
    public String description() {
        return "Session " + id + " of endpoint '" + link.name() + "'";
    }

    @Override
    public SessionWriter writer() {
        return writer;
    }

    @Override
    public SessionCount count() {
        return cursor.count();
    }

    Room room() {
        return room;
    }

    Cursor cursor() {
        return cursor;
    }

    /** Whether the caller is the one that must put this in the list of those that have a message of their own to write. */
    boolean markToFlush() {
        return !toFlush.get() && toFlush.compareAndSet(false, true);
    }

    /** Writes what it is behind by, and is no longer in that list. */
    void flushMarked() {
        toFlush.set(false);
        flush();
    }

    /** Writes what it is behind by. Whatever goes wrong, such as that the memory is full, ends this session and no other. */
    @SuppressWarnings("CatchThrowable")
    void flush() {
        try {
            writer.flush();
        } catch (Throwable e) {
            endAfter(e, "writing to it");
        }
    }

    // ---- the way in

    /**
     * Completes the making of the session.
     *
     * @param controls where pings, pongs and Close frames go: Tyrus
     * @param release called once, at the end
     */
    void begin(Consumer<ByteBuffer> controls, Runnable release) {
        reader.begin(controls);
        this.release = release;
    }

    /** From here on it gets what is sent. If its connection has ended meanwhile, it leaves as soon as it has come. */
    void opened() {
        link.opened(this);
        if (!stage.compareAndSet(Stage.NEW, Stage.OPEN)) {
            link.ended(this, closeCode());
        }
    }

    /** There is a sign of life, other than by {@link #read}. */
    void heard() {
        lastRead = System.nanoTime();
    }

    /**
     * Takes what came over the connection, until there is no room for more: the rest is kept.
     *
     * @return what to wait for before the session may {@link #readOn}; nothing, if the connection may be read again
     */
    Optional<CompletableFuture<Void>> read(ByteBuffer data) {
        lastRead = System.nanoTime();
        return take(() -> reader.read(data));
    }

    /** Takes what was kept; otherwise as {@link #read}. */
    Optional<CompletableFuture<Void>> readOn() {
        return take(reader::readOn);
    }

    /** Whatever goes wrong, such as that the memory is full, ends this session: a part of what it sent would be missing. */
    @SuppressWarnings("CatchThrowable")
    private Optional<CompletableFuture<Void>> take(Runnable read) {
        try {
            link.batch(read);
            return reader.untilReady();
        } catch (Throwable e) {
            endAfter(e, "reading from it");
            return Optional.empty();
        }
    }

    private void endAfter(Throwable error, String where) {
        log.warn("Session {} of '{}' is ended, since {} failed: {}", id, link.name(), where, error.toString());
        log.debug("Session {}:", id, error);
        wire.terminate();
    }

    /** A whole message: within {@link #read}, or by the container of a host. */
    void received(Payload payload) {
        reader.waitsFor(link.received(this, payload));
    }

    /** Reading has stopped; {@code resume} starts it again, once, when there is room or when the session ends. */
    void pause(CompletableFuture<Void> until, Runnable resume) {
        paused.set(resume);
        until.whenComplete((nothing, error) -> resume());
        if (!writer.isOpen()) {
            resume();
        }
    }

    private void resume() {
        Runnable resume = paused.getAndSet(null);
        if (resume != null) {
            lastRead = System.nanoTime();
            resume.run();
        }
    }

    // ---- the end

    /** Ends the session in order. */
    @Override
    public void close(CloseCode reason) {
        if (code.compareAndSet(null, reason)) {
            writer.close(Frame.close(reason));
            beginGrace();
        }
    }

    /** Has it skip what it is too slow for, or ends it for that, or since it takes nothing. Called by the timer's thread. */
    void checkPace(long now, Duration stallTimeout) {
        if (!cursor.catchUp()) {
            closeSlow();
        } else if (writer.isStalledSince(now - stallTimeout.toNanos())) {
            endSlow("too slow: nothing was read for " + stallTimeout.toMillis() + " ms");
        } else {
            writer.retry();
        }
    }

    /** Ends a session that is too far behind. */
    void closeSlow() {
        endSlow("too slow: more is waiting than the limit allows");
    }

    private void endSlow(String why) {
        CloseCode reason = new CloseCode(1013, why);
        if (code.compareAndSet(null, reason)) {
            writer.closeNow(Frame.close(reason), DropReason.SLOW_SESSION);
            beginGrace();
        }
    }

    /** Why Tyrus is about to end the session: the client asked for it, or broke the protocol. */
    @Override
    public void protocolCode(CloseCode reason) {
        code.compareAndSet(null, reason);
    }

    /** Tyrus ends the session with this frame. */
    @Override
    public void protocolClose(Frame close) {
        if (stage.get() != Stage.ENDED) {
            writer.closeNow(close, DropReason.NOT_WRITABLE);
            beginGrace();
        }
    }

    private void beginGrace() {
        timer.schedule(wire::terminate, GRACE.toMillis(), TimeUnit.MILLISECONDS);
        resume();
    }

    /** The connection is gone. */
    void connectionEnded() {
        Stage before = stage.getAndSet(Stage.ENDED);
        if (before == Stage.ENDED) {
            return;
        }
        code.compareAndSet(null, CloseCode.LOST);
        writer.end();
        resume();
        release.run();
        link.leave(this);
        if (before == Stage.OPEN) {
            link.ended(this, closeCode());
        }
    }

    private CloseCode closeCode() {
        CloseCode known = code.get();
        return known == null ? CloseCode.LOST : known;
    }

    /**
     * Sends a ping to a client that is silent, and gives up one that stays so. While a write hangs, a ping would stand behind all
     * that the connection holds: then it is {@link #checkPace} that judges. Called by the timer's thread.
     */
    void keepAlive(long now, long pingAfter, long giveUpAfter) {
        if (writer.isWriting()) {
            heard();
        }
        if (paused.get() != null || !writer.isOpen()) {
            pinged = 0;
        } else if (pinged != 0 && lastRead - pinged >= 0) {
            pinged = 0;
        } else if (pinged != 0 && now - pinged >= giveUpAfter) {
            code.compareAndSet(null, new CloseCode(CloseCode.ABNORMAL, "no answer to a ping"));
            wire.terminate();
        } else if (pinged == 0 && now - lastRead >= pingAfter) {
            pinged = now;
            writer.control(Frame.ping());
        }
    }
}
