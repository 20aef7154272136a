package io.araldo;

/**
 * How the answer to a message comes back: called once with what became of it. Callable from any thread, and must not
 * block; a second call is ignored.
 */
@FunctionalInterface
public interface Acknowledgement {
    /** Answers. Does not throw. */
    void acknowledge(Outcome outcome);

    /** For those who do not want to know. */
    static Acknowledgement ignored() {
        return outcome -> {};
    }
}
