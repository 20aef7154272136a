package io.araldo;

/**
 * Brings a message into the form of an endpoint's wire; the way back is {@link Source#decode}.
 *
 * @param marshaller the endpoint's; may be anybody's, and throw
 */
record Encoder(Marshaller marshaller) {
    Message encode(Message message) {
        if (marshaller == Marshaller.raw()) {
            return message;
        }
        Payload wire = marshaller.encode(message);
        if (wire == null) {
            throw new MarshallingException(marshaller + " wrote null for " + message + " (expected: a payload)");
        }
        return message.withPayload(wire);
    }
}
