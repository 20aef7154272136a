package io.araldo.websocket;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What a server has behind its paths at the moment. Changed by one thread at a time, read by any. */
final class ServerPaths {
    /** A path that a request has found, and the room within. */
    record Match(ServerPath path, String room) {}

    /** Those without a variable first. */
    private final List<ServerPath> paths = new CopyOnWriteArrayList<>();

    void add(ServerPath path) {
        paths.add(path.link().path().variable() == null ? 0 : paths.size(), path);
    }

    void remove(ServerLink link) {
        paths.removeIf(path -> path.link() == link);
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    Collection<ServerPath> all() {
        return paths;
    }

    /** The path that was written so; {@code null} if it is not open. */
    @Nullable
    ServerPath named(String text) {
        for (ServerPath path : paths) {
            if (path.link().path().text().equals(text)) {
                return path;
            }
        }
        return null;
    }

    /** What is there for a request; {@code null} if nothing is. */
    @Nullable
    Match find(String path) {
        for (ServerPath candidate : paths) {
            String room = candidate.link().path().match(path);
            if (room != null) {
                return new Match(candidate, room);
            }
        }
        return null;
    }
}
