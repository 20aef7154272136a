package io.araldo;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/**
 * One envelope while it is read, member by member. Strict: what is not known is refused rather than lost in silence.
 * Used by one thread, once.
 */
final class JsonEnvelope {
    private static final String MEMBERS =
            "data, data_base64, correlation, headers, address, id, time, origin, hops, trail";

    /** Far more than any limit on hops; what a relay adds cannot overflow. */
    private static final int MOST_HOPS = 65_535;

    private final JsonParser json;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> trail = new ArrayList<>();

    private @Nullable Payload payload;
    private @Nullable String address;
    private @Nullable String id;
    private @Nullable Instant time;
    private @Nullable Origin origin;
    private int hops;

    JsonEnvelope(JsonParser json) {
        this.json = json;
    }

    JsonEnvelope read() {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw refused("found " + found() + " (expected: an object such as {\"data\": \"hello\"})");
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            member(name);
        }
        if (json.nextToken() != null) {
            throw refused("found more after its end (expected: one object)");
        }
        return this;
    }

    private void member(String name) {
        switch (name) {
            case "data" -> payload(text(string(name)));
            case "data_base64" -> payload(Payload.wrapBinary(base64(string(name))));
            case Message.CORRELATION -> headers.put(Message.CORRELATION, string(name));
            case "headers" -> strings(name, headers);
            case "address" -> address = unlessBlank(string(name));
            case "id" -> id = unlessBlank(string(name));
            case "time" -> time = instant(string(name));
            case "origin" -> origin = origin();
            case "hops" -> hops = count(name);
            case "trail" -> trail();
            default -> throw refused("unknown member '" + Payload.shown(name) + "' (expected: " + MEMBERS + ")");
        }
    }

    private void payload(Payload found) {
        if (payload != null) {
            throw refused("a second payload (expected: one of data and data_base64, once)");
        }
        payload = found;
    }

    private Payload text(String text) {
        if (!Utf8.canEncode(text)) {
            throw refused("data: has an unpaired surrogate"
                    + " (expected: text that UTF-8 can carry; send such data as data_base64)");
        }
        return Payload.text(text);
    }

    private byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw refused("data_base64: " + e.getMessage() + " (expected: base64, RFC 4648 section 4)");
        }
    }

    private Instant instant(String text) {
        try {
            return Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw refused("time: '" + Payload.shown(text) + "' (expected: such as 2026-01-31T12:00:00Z)");
        }
    }

    private Origin origin() {
        Map<String, String> parts = new LinkedHashMap<>();
        strings("origin", parts);
        return new Origin(
                parts.getOrDefault("relay", ""),
                parts.getOrDefault("endpoint", ""),
                parts.get("session"),
                parts.get("principal"));
    }

    private int count(String name) {
        boolean isInt =
                json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getNumberType() == JsonParser.NumberType.INT;
        if (!isInt || json.getIntValue() < 0 || json.getIntValue() > MOST_HOPS) {
            throw refused(name + ": " + found() + " (expected: a whole number from 0 to " + MOST_HOPS + ")");
        }
        return json.getIntValue();
    }

    private void trail() {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw refused("trail: " + found() + " (expected: an array of strings)");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            trail.add(string("trail"));
        }
    }

    private void strings(String name, Map<String, String> into) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw refused(name + ": " + found() + " (expected: an object whose values are strings)");
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            json.nextToken();
            into.put(key, string(name + "." + Payload.shown(key)));
        }
    }

    private static @Nullable String unlessBlank(String text) {
        return text.isBlank() ? null : text;
    }

    private String string(String name) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw refused(name + ": " + found() + " (expected: a string)");
        }
        return json.getString();
    }

    private String found() {
        JsonToken token = json.currentToken();
        return token == null ? "nothing" : token.asString() != null ? token.asString() : token.name();
    }

    private MarshallingException refused(String what) {
        return new MarshallingException("not a JSON envelope: " + what + at(json.currentTokenLocation()));
    }

    static String at(@Nullable TokenStreamLocation location) {
        return location == null ? "" : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** The message that the envelope carries; what it does not carry is taken from the wire's. */
    Message over(Message wire) {
        if (payload == null) {
            throw new MarshallingException(
                    "not a JSON envelope: has no payload (expected: a member data or data_base64)");
        }
        Message message = wire.withPayload(payload).withTrail(hops, trail);
        if (!headers.isEmpty()) {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.putAll(wire.headers());
            message = message.withHeaders(all);
        }
        if (address != null) {
            message = message.withAddress(address);
        }
        if (id != null || time != null) {
            message = message.withIdentity(id != null ? id : wire.id(), time != null ? time : wire.time());
        }
        return origin != null ? message.withOrigin(origin) : message;
    }
}
