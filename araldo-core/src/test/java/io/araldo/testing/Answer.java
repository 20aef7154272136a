package io.araldo.testing;

import io.araldo.Acknowledgement;
import io.araldo.Outcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All answers to one message, of which there must be one. Any thread. */
final class Answer implements Acknowledgement {
    private final String text;
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    /** To a message that is known by this. */
    Answer(String text) {
        this.text = text;
    }

    @Override
    public void acknowledge(Outcome outcome) {
        outcomes.add(outcome);
    }

    String text() {
        return text;
    }

    boolean isThere() {
        return !outcomes.isEmpty();
    }

    boolean is(Outcome.Kind kind) {
        return isThere() && outcomes.get(0).kind() == kind;
    }

    /** Those that came so far. */
    List<Outcome> outcomes() {
        return outcomes;
    }

    @Override
    public String toString() {
        return "'" + text + "' " + outcomes;
    }
}
