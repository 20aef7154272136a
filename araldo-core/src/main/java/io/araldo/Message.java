package io.araldo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a relay moves: an immutable value, safe to share between threads. The {@code with…} methods make copies that
 * share all the rest, the id included: a copy is the same message in another dress.
 */
public final class Message {
    /** The header that matches a reply with its request. The one header that a plain client is expected to set. */
    public static final String CORRELATION = "correlation";

    /** The header of a dead letter with what went wrong, in one line; see {@link RouteBuilder#deadLetter}. */
    public static final String DEAD_LETTER_CAUSE = "dead-letter-cause";

    /** The header of a dead letter with how often the route tried, the first time included. */
    public static final String DEAD_LETTER_ATTEMPTS = "dead-letter-attempts";

    /** The header of a dead letter with the name of the route where it failed. */
    public static final String DEAD_LETTER_ROUTE = "dead-letter-route";

    /** The header of a dead letter with when the route gave it up, as {@link Instant#toString} writes it. */
    public static final String DEAD_LETTER_TIME = "dead-letter-time";

    private static final String PROCESS =
            Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX) + "-";
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Payload payload;
    private final Map<String, String> headers;
    private final Origin origin;
    private final @Nullable String address;
    private final List<String> trail;
    private final int hops;
    private final long timeMillis;
    private final long number;

    /** Of a message that another relay made; for our own the id is built from the number when asked for. */
    private final @Nullable String foreignId;

    private Message(
            Payload payload,
            Map<String, String> headers,
            Origin origin,
            @Nullable String address,
            List<String> trail,
            int hops,
            long timeMillis,
            long number,
            @Nullable String foreignId) {
        this.payload = payload;
        this.headers = headers;
        this.origin = origin;
        this.address = address;
        this.trail = trail;
        this.hops = hops;
        this.timeMillis = timeMillis;
        this.number = number;
        this.foreignId = foreignId;
    }

    /** A new message: now, without headers, address or origin. */
    public static Message of(Payload payload) {
        return new Message(
                Checks.notNull("payload", payload),
                Map.of(),
                Origin.none(),
                null,
                List.of(),
                0,
                System.currentTimeMillis(),
                NUMBERS.incrementAndGet(),
                null);
    }

    /** A new message with a text; see {@link Payload#text}. */
    public static Message text(String text) {
        return of(Payload.text(text));
    }

    /** A new message with binary data, which is copied. */
    public static Message binary(byte[] bytes) {
        return of(Payload.binary(bytes));
    }

    /** What is moved. */
    public Payload payload() {
        return payload;
    }

    /** All headers, in the order in which they were set; unmodifiable. */
    public Map<String, String> headers() {
        return headers;
    }

    /** One header. Names are case-sensitive. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Where the message came in. */
    public Origin origin() {
        return origin;
    }

    /** The session that this message is for, and for no other; empty when it is for all. */
    public Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /** The echoing resources (channels, streams) that the message was read from so far, the first one first. */
    public List<String> trail() {
        return trail;
    }

    /** How many relays' sources the message has come through; 0 before the first. */
    public int hops() {
        return hops;
    }

    /** When the message was made, to the millisecond. */
    public Instant time() {
        return Instant.ofEpochMilli(timeMillis);
    }

    /** Unique among all relays for as long as it matters: a random part of 63 bits per process, and a number. */
    public String id() {
        return foreignId != null ? foreignId : PROCESS + Long.toString(number, Character.MAX_RADIX);
    }

    /** A copy with another payload. */
    public Message withPayload(Payload payload) {
        return new Message(
                Checks.notNull("payload", payload),
                headers,
                origin,
                address,
                trail,
                hops,
                timeMillis,
                number,
                foreignId);
    }

    /** A copy with one header set. */
    public Message withHeader(String name, String value) {
        Map<String, String> copy = new LinkedHashMap<>(headers);
        copy.put(Checks.notBlank("header name", name), Checks.notNull("header " + name, value));
        return withHeadersShared(Collections.unmodifiableMap(copy));
    }

    /** A copy with these headers instead of the present ones; the map is copied. */
    public Message withHeaders(Map<String, String> headers) {
        headers.forEach((name, value) -> Checks.notNull("header " + name, value));
        return withHeadersShared(
                headers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers)));
    }

    private Message withHeadersShared(Map<String, String> shared) {
        return new Message(payload, shared, origin, address, trail, hops, timeMillis, number, foreignId);
    }

    /** A copy with another origin: for links, which stamp what they receive. */
    public Message withOrigin(Origin origin) {
        return new Message(payload, headers, origin, address, trail, hops, timeMillis, number, foreignId);
    }

    /** This message with what another one carries for the application: payload, headers and address. */
    Message withContent(Message content) {
        return new Message(
                content.payload, content.headers, origin, content.address, trail, hops, timeMillis, number, foreignId);
    }

    /** A copy with the headers of another one too, which win over its own. */
    Message withHeadersOf(Message other) {
        if (other.headers.isEmpty()) {
            return this;
        }
        Map<String, String> both = new LinkedHashMap<>(headers);
        both.putAll(other.headers);
        return withHeadersShared(Collections.unmodifiableMap(both));
    }

    /** A copy for one session alone. */
    public Message withAddress(String session) {
        return new Message(
                payload,
                headers,
                origin,
                Checks.notBlank("address", session),
                trail,
                hops,
                timeMillis,
                number,
                foreignId);
    }

    /** A copy that is for all sessions. */
    public Message withoutAddress() {
        return address == null
                ? this
                : new Message(payload, headers, origin, null, trail, hops, timeMillis, number, foreignId);
    }

    /**
     * A copy that has come through so many sources, and was read from these echoing resources. A link that reads from one
     * ({@link Endpoint#reads}) stamps 1 and that one; what an envelope carries goes before.
     */
    public Message withTrail(int hops, List<String> trail) {
        return new Message(payload, headers, origin, address, List.copyOf(trail), hops, timeMillis, number, foreignId);
    }

    /** {@link #withTrail(int, List)} with one trail after the other. */
    Message withTrail(int hops, List<String> before, List<String> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return withTrail(hops, before.isEmpty() ? after : before);
        }
        List<String> whole = new ArrayList<>(before);
        whole.addAll(after);
        return withTrail(hops, whole);
    }

    /**
     * This message as what a step has made of another one: it has come at least as far, was read from wherever that one
     * was, and is from whom that one is, unless it says otherwise itself. {@link #reply} and {@link #text} begin anew, and
     * a message that has forgotten its way would go round a circle for ever.
     */
    Message madeOf(Message before) {
        if (this == before || (trail == before.trail && hops == before.hops && origin.equals(before.origin))) {
            return this;
        }
        List<String> whole = before.trail;
        if (!before.trail.containsAll(trail)) {
            whole = new ArrayList<>(before.trail);
            trail.stream().filter(Predicate.not(before.trail::contains)).forEach(whole::add);
        }
        Origin from = origin.equals(Origin.none()) ? before.origin : origin;
        return withTrail(Math.max(hops, before.hops), whole).withOrigin(from);
    }

    /** A copy with the identity that another relay gave it: for marshallers, which read it from the wire. */
    public Message withIdentity(String id, Instant time) {
        return new Message(
                payload, headers, origin, address, trail, hops, time.toEpochMilli(), number, Checks.notBlank("id", id));
    }

    /**
     * A new message that answers this one: it is addressed to the session that sent this one (to all, if no session
     * did), and carries its {@link #CORRELATION}, or its id if it has none.
     */
    public Message reply(Payload payload) {
        Message reply = of(payload).withHeader(CORRELATION, headers.getOrDefault(CORRELATION, id()));
        String session = origin.session();
        return session == null ? reply : reply.withAddress(session);
    }

    /** {@link #reply(Payload)} with a text. */
    public Message reply(String text) {
        return reply(Payload.text(text));
    }

    /** For people: id, payload, and what else is set. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("Message[").append(id()).append(", ").append(payload);
        if (!headers.isEmpty()) {
            text.append(", headers ").append(headers);
        }
        if (address != null) {
            text.append(", to ").append(address);
        }
        return text.append(']').toString();
    }
}
