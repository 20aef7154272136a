package io.araldo.websocket;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the file that a request asks for. Blocks for as long as a disk does. */
final class StaticFiles {
    private static final String INDEX = "index.html";

    private final List<FileMount> mounts;

    /** The longest mount wins. */
    StaticFiles(List<FileMount> mounts) {
        this.mounts = mounts.stream()
                .sorted((a, b) -> b.urlPath().length() - a.urlPath().length())
                .toList();
    }

    /** What to answer: a file, another path, or nothing. A value. */
    sealed interface Answer {}

    /** An open file. */
    record Found(FileSource.Opened file, String contentType) implements Answer {}

    /** A folder, asked for without the slash that makes its relative links work. */
    record Moved(String path) implements Answer {}

    /** Nothing. */
    record Missing() implements Answer {}

    Answer find(String rawPath) throws IOException {
        String path = WebPath.decode(rawPath);
        if (path == null) {
            return new Missing();
        }
        FileMount mount = mountOf(path);
        if (mount == null) {
            return mountOf(path + "/") == null ? new Missing() : new Moved(rawPath + "/");
        }
        return find(mount.source(), mount.relative(path), rawPath);
    }

    private @Nullable FileMount mountOf(String path) {
        for (FileMount mount : mounts) {
            if (mount.covers(path)) {
                return mount;
            }
        }
        return null;
    }

    private static Answer find(FileSource source, String relative, String rawPath) throws IOException {
        String name = relative.isEmpty() || relative.endsWith("/") ? relative + INDEX : relative;
        FileSource.Opened file = source.open(name);
        if (file != null) {
            return new Found(file, ContentTypes.of(name));
        }
        return !relative.isEmpty() && !relative.endsWith("/") && source.isFolder(relative)
                ? new Moved(rawPath + "/")
                : new Missing();
    }
}
