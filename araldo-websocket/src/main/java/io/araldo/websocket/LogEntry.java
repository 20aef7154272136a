package io.araldo.websocket;

import io.araldo.Acknowledgement;
import org.jspecify.annotations.Nullable;

/** One message in a {@link BroadcastLog}; all that changes is guarded by the log. */
final class LogEntry {
    /** What an entry holds beside its frame, roughly, in bytes: so that many tiny messages are bounded too. */
    private static final int OVERHEAD = 64;

    final Frame frame;

    /** The session that must not get it, since it sent it. */
    final @Nullable Cursor excluded;

    /** Bytes of all entries before it. */
    final long start;

    private @Nullable Acknowledgement unanswered;

    LogEntry(Frame frame, @Nullable Cursor excluded, long start, Acknowledgement acknowledgement) {
        this.frame = frame;
        this.excluded = excluded;
        this.start = start;
        this.unanswered = acknowledgement;
    }

    /** What it takes of a bound. */
    int size() {
        return frame.size() + OVERHEAD;
    }

    boolean isAnswered() {
        return unanswered == null;
    }

    /** Whom to answer; once. */
    @Nullable
    Acknowledgement takeAnswer() {
        Acknowledgement answer = unanswered;
        unanswered = null;
        return answer;
    }
}
