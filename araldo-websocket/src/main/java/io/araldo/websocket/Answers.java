package io.araldo.websocket;

import io.araldo.Acknowledgement;
import io.araldo.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Acknowledgements that were collected under a lock, with what they are to be told when it is free. For one thread. */
final class Answers {
    private record Answer(Acknowledgement acknowledgement, Outcome outcome) {}

    private @Nullable List<Answer> answers;

    void add(@Nullable Acknowledgement acknowledgement, Outcome outcome) {
        if (acknowledgement != null) {
            if (answers == null) {
                answers = new ArrayList<>();
            }
            answers.add(new Answer(acknowledgement, outcome));
        }
    }

    void tell() {
        if (answers != null) {
            answers.forEach(answer -> answer.acknowledgement().acknowledge(answer.outcome()));
        }
    }
}
