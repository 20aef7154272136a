package io.araldo.websocket;

/**
 * Files, and where they appear: a value.
 *
 * @param urlPath ends with a slash
 * @param source where the files are
 */
record FileMount(String urlPath, FileSource source) {
    boolean covers(String path) {
        return path.startsWith(urlPath);
    }

    /** The path below the mount, without a slash at its start; empty for the mount itself. */
    String relative(String path) {
        return path.substring(urlPath.length());
    }
}
