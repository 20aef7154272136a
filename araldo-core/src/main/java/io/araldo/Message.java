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
    private final Origin origin;
    private final Extras extras;
    private final long timeMillis;
    private final long number;

    /**
     * What most messages do not have, apart: a message is copied more than once on its way, and is smaller by a third so.
     *
     * @param foreignId of a message that another relay made; for our own the id is built from the number when asked for
     */
    private record Extras(
            Map<String, String> headers,
            @Nullable String address,
            List<String> trail,
            int hops,
            @Nullable String foreignId) {
        private static final Extras NONE = new Extras(Map.of(), null, List.of(), 0, null);

        Extras withHeaders(Map<String, String> shared) {
            return new Extras(shared, address, trail, hops, foreignId);
        }

        Extras withAddress(@Nullable String addressee) {
            return new Extras(headers, addressee, trail, hops, foreignId);
        }

        Extras withContentOf(Extras other) {
            return new Extras(other.headers, other.address, trail, hops, foreignId);
        }

        Extras withTrail(int count, List<String> resources) {
            return new Extras(headers, address, resources, count, foreignId);
        }

        Extras withId(String id) {
            return new Extras(headers, address, trail, hops, id);
        }
    }

    private Message(Payload payload, Origin origin, Extras extras, long timeMillis, long number) {
        this.payload = payload;
        this.origin = origin;
        this.extras = extras;
        this.timeMillis = timeMillis;
        this.number = number;
    }

    /** A new message: now, without headers, address or origin. */
    public static Message of(Payload payload) {
        return new Message(
                Checks.notNull("payload", payload),
                Origin.none(),
                Extras.NONE,
                System.currentTimeMillis(),
                NUMBERS.incrementAndGet());
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
        return extras.headers;
    }

    /** One header. Names are case-sensitive. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(extras.headers.get(name));
    }

    /** Where the message came in. */
    public Origin origin() {
        return origin;
    }

    /**
     * Whom this message is for, and nobody else: a session, or what else the target's endpoint finds by an address, such as
     * all sessions of one client; empty when it is for all.
     */
    public Optional<String> address() {
        return Optional.ofNullable(extras.address);
    }

    /** The echoing resources (channels, streams) that the message was read from so far, the first one first. */
    public List<String> trail() {
        return extras.trail;
    }

    /** How many relays' sources the message has come through; 0 before the first. */
    public int hops() {
        return extras.hops;
    }

    /** When the message was made, to the millisecond. */
    public Instant time() {
        return Instant.ofEpochMilli(timeMillis);
    }

    /** Unique among all relays for as long as it matters: a random part of 63 bits per process, and a number. */
    public String id() {
        return extras.foreignId != null ? extras.foreignId : PROCESS + Long.toString(number, Character.MAX_RADIX);
    }

    /** A copy with another payload. */
    public Message withPayload(Payload payload) {
        return new Message(Checks.notNull("payload", payload), origin, extras, timeMillis, number);
    }

    /** A copy with one header set. */
    public Message withHeader(String name, String value) {
        Map<String, String> copy = new LinkedHashMap<>(extras.headers);
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
        return with(extras.withHeaders(shared));
    }

    private Message with(Extras changed) {
        return new Message(payload, origin, changed, timeMillis, number);
    }

    /** A copy with another origin: for links, which stamp what they receive. */
    public Message withOrigin(Origin origin) {
        return new Message(payload, origin, extras, timeMillis, number);
    }

    /** This message with what another one carries for the application: payload, headers and address. */
    Message withContent(Message content) {
        return new Message(content.payload, origin, extras.withContentOf(content.extras), timeMillis, number);
    }

    /** A copy with the headers of another one too, which win over its own. */
    Message withHeadersOf(Message other) {
        if (other.extras.headers.isEmpty()) {
            return this;
        }
        Map<String, String> both = new LinkedHashMap<>(extras.headers);
        both.putAll(other.extras.headers);
        return withHeadersShared(Collections.unmodifiableMap(both));
    }

    /**
     * A copy for those alone who are found by this address.
     *
     * @param address the id of a session, or what the target's endpoint makes addresses of
     * @throws IllegalArgumentException if it is blank
     */
    public Message withAddress(String address) {
        return with(extras.withAddress(Checks.notBlank("address", address)));
    }

    /** A copy that is for all sessions. */
    public Message withoutAddress() {
        return extras.address == null ? this : with(extras.withAddress(null));
    }

    /**
     * A copy that has come through so many sources, and was read from these echoing resources. A link that reads from one
     * ({@link Endpoint#reads}) stamps 1 and that one; what an envelope carries goes before.
     */
    public Message withTrail(int hops, List<String> trail) {
        return with(extras.withTrail(hops, List.copyOf(trail)));
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
        List<String> trail = extras.trail;
        List<String> past = before.extras.trail;
        int hops = before.extras.hops;
        if (this == before || (trail == past && extras.hops == hops && origin.equals(before.origin))) {
            return this;
        }
        List<String> whole = past;
        if (!past.containsAll(trail)) {
            whole = new ArrayList<>(past);
            trail.stream().filter(Predicate.not(past::contains)).forEach(whole::add);
        }
        Origin from = origin.equals(Origin.none()) ? before.origin : origin;
        return withTrail(Math.max(extras.hops, hops), whole).withOrigin(from);
    }

    /** A copy with the identity that another relay gave it: for marshallers, which read it from the wire. */
    public Message withIdentity(String id, Instant time) {
        return new Message(payload, origin, extras.withId(Checks.notBlank("id", id)), time.toEpochMilli(), number);
    }

    /**
     * A new message that answers this one: it is addressed to the session that sent this one (to all, if no session
     * did), and carries its {@link #CORRELATION}, or its id if it has none.
     */
    public Message reply(Payload payload) {
        Message reply = of(payload).withHeader(CORRELATION, extras.headers.getOrDefault(CORRELATION, id()));
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
        if (!extras.headers.isEmpty()) {
            text.append(", headers ").append(extras.headers);
        }
        if (extras.address != null) {
            text.append(", to ").append(extras.address);
        }
        return text.append(']').toString();
    }
}
