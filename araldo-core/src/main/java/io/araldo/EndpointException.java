package io.araldo;

import org.jspecify.annotations.Nullable;

/** An endpoint could not be opened, or its link was lost: whoever runs the network or the broker must act. */
public class EndpointException extends AraldoException {
    private static final long serialVersionUID = 1;

    /** With a message alone. */
    public EndpointException(String message) {
        super(message);
    }

    /** With what caused it. */
    public EndpointException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
