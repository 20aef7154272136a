package io.araldo.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All things of one kind (endpoints, routes, …), by their tags; each with its meters. Guarded by the board's lock. */
final class Rows<T> {
    private final List<Series<T>> series;
    private final Board board;
    private final Map<Tags, Row<T>> rows = new HashMap<>();

    Rows(List<Series<T>> series, Board board) {
        this.series = series;
        this.board = board;
    }

    /** One thing: how it was when last seen, and where that is shown. */
    static final class Row<T> {
        private final Board board;

        /** Written under the board's lock, read by any thread. */
        private volatile T seen;

        private List<Meter> meters = List.of();

        private Row(Board board, T seen) {
            this.board = board;
            this.seen = seen;
        }

        /** How it is now, or was a moment ago. */
        T current() {
            board.refresh();
            return seen;
        }
    }

    /** Shows these and no others. */
    void show(Map<Tags, T> now) {
        rows.entrySet().removeIf(row -> !now.containsKey(row.getKey()) && removed(row.getValue()));
        now.forEach((tags, value) -> {
            Row<T> row = rows.get(tags);
            if (row == null) {
                rows.put(tags, registered(tags, value));
            } else {
                row.seen = value;
            }
        });
    }

    private Row<T> registered(Tags tags, T value) {
        Row<T> row = new Row<>(board, value);
        row.meters = series.stream()
                .map(each -> each.register(board.registry(), tags, row))
                .toList();
        return row;
    }

    private boolean removed(Row<T> row) {
        row.meters.forEach(board.registry()::remove);
        return true;
    }
}
