package io.araldo;

/**
 * How a message looks on the wire of an endpoint. Both methods are pure, may be called from any thread at the same
 * time, and must not block. {@code toString} is the code that makes it.
 */
public interface Marshaller {
    /**
     * The payload to put on the wire for a message.
     *
     * @throws MarshallingException if the message cannot be written in this form; it is then counted as failed
     */
    Payload encode(Message message);

    /**
     * The message that a wire payload carries. What the wire says of origin, trail, hops, id and time is returned as
     * read; the relay discards it where a client sent it.
     *
     * @param wire a message whose payload is as received and whose other parts are the link's stamps; everything that
     *     the wire does not carry is taken from here
     * @throws MarshallingException if it is not in this form; the message says where and what was expected
     */
    Message decode(Message wire);

    /**
     * Whether what {@link #encode} writes carries origin, hops and trail, and {@link #decode} returns them. Where both
     * ends of a bridge use such a form, a message cannot go round; where not, routes that feed themselves are refused.
     * Default: no.
     */
    default boolean isEnvelope() {
        return false;
    }

    /** The payload is the wire, and nothing else is carried. The default of all endpoints. */
    static Marshaller raw() {
        return RawMarshaller.INSTANCE;
    }

    /**
     * A JSON envelope: the payload as {@code data} (text) or {@code data_base64} (binary), beside headers, correlation,
     * address, id, time, origin, hops and trail. A client may send as little as {@code {"data": "hello"}}.
     *
     * @throws AraldoException if Jackson is not on the class path or in the module graph; the message says what to add
     */
    static Marshaller json() {
        return JsonSupport.marshaller();
    }
}
