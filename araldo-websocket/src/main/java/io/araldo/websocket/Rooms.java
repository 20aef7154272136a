package io.araldo.websocket;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one path, by the value of its variable: each is made for its first session, and gone with its last. Any
 * thread.
 */
final class Rooms {
    private final Function<String, Room> maker;
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();

    Rooms(Function<String, Room> maker) {
        this.maker = maker;
    }

    /** The room for a session that is about to enter; it stays until the session {@linkplain #leave leaves}. */
    Room enter(String name) {
        return rooms.compute(name, (key, known) -> {
            Room room = known == null ? maker.apply(name) : known;
            room.reserve();
            return room;
        });
    }

    /** A session that has entered is gone. */
    void leave(Session session) {
        session.room().leave(session);
        rooms.computeIfPresent(session.room().name(), (key, room) -> room.release() ? null : room);
    }

    /** {@code null} if nobody is there. */
    @Nullable
    Room find(String name) {
        return rooms.get(name);
    }

    /** Those with sessions. */
    Collection<Room> all() {
        return rooms.values();
    }
}
