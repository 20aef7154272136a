package io.araldo;

/** The payload alone. */
enum RawMarshaller implements Marshaller {
    INSTANCE;

    @Override
    public Payload encode(Message message) {
        return message.payload();
    }

    @Override
    public Message decode(Message wire) {
        return wire;
    }

    @Override
    public String toString() {
        return "Marshaller.raw()";
    }
}
