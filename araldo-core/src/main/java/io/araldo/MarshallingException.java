package io.araldo;

import org.jspecify.annotations.Nullable;

/** A payload is not what its marshaller expects, or cannot be written by it: whoever sends the message must act. */
public class MarshallingException extends AraldoException {
    private static final long serialVersionUID = 1;

    /** With a message alone. */
    public MarshallingException(String message) {
        super(message);
    }

    /** With what caused it. */
    public MarshallingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
