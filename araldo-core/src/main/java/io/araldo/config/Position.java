package io.araldo.config;

/** A place in a file; both count from 1, columns in code points. */
record Position(int line, int column) implements Comparable<Position> {
    static final Position START = new Position(1, 1);

    /** For what is wrong with a file as a whole. */
    static final Position NOWHERE = new Position(0, 0);

    /** The place that follows this text, which begins at the start. */
    static Position after(CharSequence text) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean isLineEnd = text.charAt(i) == '\n'
                    || (text.charAt(i) == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (isLineEnd) {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(line, Character.codePointCount(text, lineStart, text.length()) + 1);
    }

    @Override
    public int compareTo(Position other) {
        return line == other.line ? Integer.compare(column, other.column) : Integer.compare(line, other.line);
    }

    /** As compilers write it. */
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
