package io.araldo;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON envelope. The member names of the payload are those of the JSON event format of CloudEvents 1.0 (section
 * 3.1): {@code data} for text, {@code data_base64} for binary.
 */
final class JsonMarshaller implements Marshaller {
    static final Marshaller INSTANCE = new JsonMarshaller();

    /** What an envelope takes beside the payload, to begin with. */
    private static final int ENVELOPE_BYTES = 256;

    private final JsonFactory factory = new JsonFactory();

    private JsonMarshaller() {}

    @Override
    public boolean isEnvelope() {
        return true;
    }

    @Override
    public Payload encode(Message message) {
        Payload payload = message.payload();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.size() + ENVELOPE_BYTES);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            if (payload.isText()) {
                json.writeStringProperty("data", payload.text());
            } else {
                json.writeStringProperty("data_base64", Base64.getEncoder().encodeToString(payload.bytes()));
            }
            writeHeaders(json, message.headers());
            writeOptional(json, "address", message.address().orElse(null));
            json.writeStringProperty("id", message.id());
            json.writeStringProperty("time", message.time().toString());
            writeOrigin(json, message.origin());
            writeTrail(json, message.hops(), message.trail());
            json.writeEndObject();
        } catch (JacksonException e) {
            throw new MarshallingException(
                    "message " + message.id() + " cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
        return Payload.wrapText(bytes.toByteArray());
    }

    private static void writeHeaders(JsonGenerator json, Map<String, String> headers) {
        writeOptional(json, Message.CORRELATION, headers.get(Message.CORRELATION));
        if (headers.size() > (headers.containsKey(Message.CORRELATION) ? 1 : 0)) {
            json.writeObjectPropertyStart("headers");
            headers.forEach((name, value) -> {
                if (!name.equals(Message.CORRELATION)) {
                    json.writeStringProperty(name, value);
                }
            });
            json.writeEndObject();
        }
    }

    private static void writeOrigin(JsonGenerator json, Origin origin) {
        if (origin.equals(Origin.none())) {
            return;
        }
        json.writeObjectPropertyStart("origin");
        json.writeStringProperty("relay", origin.relay());
        json.writeStringProperty("endpoint", origin.endpoint());
        writeOptional(json, "session", origin.session());
        writeOptional(json, "principal", origin.principal());
        json.writeEndObject();
    }

    private static void writeTrail(JsonGenerator json, int hops, List<String> trail) {
        if (hops > 0) {
            json.writeNumberProperty("hops", hops);
        }
        if (!trail.isEmpty()) {
            json.writeArrayPropertyStart("trail");
            trail.forEach(json::writeString);
            json.writeEndArray();
        }
    }

    private static void writeOptional(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    @Override
    public Message decode(Message wire) {
        byte[] bytes = wire.payload().bytes();
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), bytes)) {
            return new JsonEnvelope(json).read().over(wire);
        } catch (JacksonException e) {
            throw new MarshallingException(
                    "not a JSON envelope: " + e.getOriginalMessage() + JsonEnvelope.at(e.getLocation())
                            + " (expected: an object such as {\"data\": \"hello\"})",
                    e);
        }
    }

    @Override
    public String toString() {
        return "Marshaller.json()";
    }
}
