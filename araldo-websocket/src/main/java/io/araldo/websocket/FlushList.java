package io.araldo.websocket;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The rooms of a link that have something to write; each at most once. Any thread. */
final class FlushList {
    private final Queue<Room> rooms = new ConcurrentLinkedQueue<>();

    void add(Room room) {
        if (room.markToFlush()) {
            rooms.add(room);
        }
    }

    /** Has all of them write: the first here, as long as that is quick, the others on threads for that. */
    void flush() {
        long left = Room.QUICK;
        for (Room room = rooms.poll(); room != null; room = rooms.poll()) {
            left -= room.flush(left);
        }
    }
}
