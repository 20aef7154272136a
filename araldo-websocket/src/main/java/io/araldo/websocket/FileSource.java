package io.araldo.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A folder of files to serve. Its methods block for as long as a disk does. */
interface FileSource {
    /**
     * Opens a file.
     *
     * @param relative checked by {@link WebPath}: no empty segment, no {@code .}, no {@code ..}
     * @return {@code null} if there is no such file
     */
    @Nullable
    Opened open(String relative) throws IOException;

    /** Whether this is a folder, so that a request without a slash at its end must be sent to the one with it. */
    boolean isFolder(String relative);

    /** An open file, to be closed by whoever reads it. */
    record Opened(InputStream stream, long length) {}

    /** A folder of the file system. */
    static FileSource folder(Path root) {
        return new Folder(root);
    }

    /** A folder of the class path. */
    static FileSource resources(Class<?> anchor, String base) {
        return new Resources(anchor, base.startsWith("/") ? base.substring(1) : base);
    }

    /** Of the file system; a symbolic link that leads out of the folder leads nowhere. */
    record Folder(Path root) implements FileSource {
        @Override
        public @Nullable Opened open(String relative) throws IOException {
            Path file = root.resolve(relative);
            if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(root.toRealPath())) {
                return null;
            }
            return new Opened(Files.newInputStream(file), Files.size(file));
        }

        @Override
        public boolean isFolder(String relative) {
            return Files.isDirectory(root.resolve(relative));
        }
    }

    /** Of the class path, be it folders or jars. */
    record Resources(Class<?> anchor, String base) implements FileSource {
        @Override
        public @Nullable Opened open(String relative) throws IOException {
            URL found = anchor.getResource("/" + base + "/" + relative);
            return found == null || isFolder(found) ? null : open(found);
        }

        private static Opened open(URL found) throws IOException {
            URLConnection connection = found.openConnection();
            connection.setUseCaches(false);
            return new Opened(connection.getInputStream(), connection.getContentLengthLong());
        }

        @Override
        public boolean isFolder(String relative) {
            return anchor.getResource("/" + base + "/" + relative + "/index.html") != null;
        }

        /** Both kinds of URL can be read even if they are folders, and then list their content. */
        private static boolean isFolder(URL found) throws IOException {
            if (found.getProtocol().equals("file")) {
                return Files.isDirectory(Path.of(uri(found)));
            }
            return found.openConnection() instanceof JarURLConnection jar
                    && jar.getJarEntry().isDirectory();
        }

        private static URI uri(URL found) throws IOException {
            try {
                return found.toURI();
            } catch (URISyntaxException e) {
                throw new IOException(e);
            }
        }
    }
}
