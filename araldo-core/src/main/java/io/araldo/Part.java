package io.araldo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that stands between two steps of its lane: it came out of a split, or has to wait.
 *
 * @param message as the steps so far have left it
 * @param step the next one
 * @param attempt how often that step has been tried, this time included; from 1 on
 * @param whole what learns how it ends
 * @param takenNanos when the route took it in, or what it was split from; 0 where nothing expires
 * @param chosen the targets, once they are known
 */
record Part(
        Message message,
        int step,
        int attempt,
        Whole whole,
        long takenNanos,
        @Nullable List<Leg> chosen) {}
