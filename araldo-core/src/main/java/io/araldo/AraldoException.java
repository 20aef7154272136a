package io.araldo;

import org.jspecify.annotations.Nullable;

/**
 * The root of what Araldo throws for reasons other than a bad argument. Its message is one that a user can act on: what
 * was found, where, and what to do.
 */
public class AraldoException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a message alone. */
    public AraldoException(String message) {
        super(message);
    }

    /** With what caused it. */
    public AraldoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
