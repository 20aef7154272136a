package io.araldo.websocket;

/** A message of a {@link LogModel}, or for one session: then {@code after} is the offset that it waits for, otherwise -1. */
final class SentMessage {
    private static final int OVERHEAD = 64;

    final int id;
    final byte[] frame;
    final LogModel.Peer sender;
    final int after;
    boolean isAnswered;

    SentMessage(int id, Frame frame, LogModel.Peer sender, int after) {
        this.id = id;
        this.frame = frame.view().array();
        this.sender = sender;
        this.after = after;
    }

    int size() {
        return frame.length + OVERHEAD;
    }
}
