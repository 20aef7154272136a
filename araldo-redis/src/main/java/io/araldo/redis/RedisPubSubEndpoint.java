package io.araldo.redis;

import io.araldo.Endpoint;
import io.araldo.EndpointException;
import io.araldo.Inbox;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.Marshaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Pub/Sub channel of a Redis server, to read from and to write to, or all channels that match a pattern, to read from.
 * Immutable and reusable.
 *
 * <p>What Redis promises is at most once: who is not subscribed when a message is published does not get it. A relay
 * that loses its connection opens another one, and raises {@link io.araldo.RelayEvent.Gap} for the time between. As
 * Redis has no types, what it delivers is text if it is valid UTF-8, else binary.
 *
 * <p>A message that was sent is delivered when Redis has answered {@code PUBLISH}, however few subscribers there are;
 * it is unknown when the connection ended before the answer.
 *
 * @see <a href="https://redis.io/docs/latest/develop/pubsub/">Redis Pub/Sub</a>
 */
public final class RedisPubSubEndpoint implements Endpoint {
    /** The header in which messages of a {@linkplain Builder#pattern pattern} carry the channel they came from. */
    public static final String CHANNEL_HEADER = "redis.channel";

    private final String name;
    private final RedisAddress address;
    private final String channel;
    private final boolean isPattern;
    private final Marshaller marshaller;
    private final int maxInFlight;
    private final Duration heartbeat;
    private final Duration grace;

    /** Where it has been open: the timers of relays, which each have one of their own. Forgotten with them. Any thread. */
    private final Set<ScheduledExecutorService> openIn =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private RedisPubSubEndpoint(Builder builder, RedisAddress address) {
        this.name = builder.name;
        this.address = address;
        this.isPattern = builder.pattern != null;
        this.channel = String.valueOf(isPattern ? builder.pattern : builder.channel);
        this.marshaller = builder.marshaller;
        this.maxInFlight = builder.maxInFlight;
        this.heartbeat = builder.heartbeat;
        this.grace = builder.grace;
    }

    /** Begins an endpoint of this name. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Marshaller marshaller() {
        return marshaller;
    }

    /** {@code false}: nobody can hold back those who publish. */
    @Override
    public boolean canWait() {
        return false;
    }

    /** The channel; nothing if it is a pattern. */
    @Override
    public Set<String> writes() {
        return isPattern ? Set.of() : Set.of(address.resource(channel));
    }

    @Override
    public boolean reads(String resource) {
        String server = address.resource("");
        return resource.startsWith(server)
                && (isPattern
                        ? ChannelPattern.matches(channel, resource.substring(server.length()))
                        : channel.equals(resource.substring(server.length())));
    }

    /**
     * Connects: one connection to subscribe, if a route reads from this endpoint, and one to publish, if a route writes
     * to it; both are named {@code araldo-<relay>-<endpoint>} at the server. Blocks until Redis has confirmed the
     * subscription, so that every message published from then on arrives. An interrupt ends the attempt.
     *
     * <p>An attempt is given up when nothing has come from the server for 5 seconds, and for 2 seconds if the relay has
     * had this endpoint open before; with each answer (the connection, TLS, the login, the subscription) it has that long
     * again, and 10 seconds for connection and login together. So a relay that has lost a server which then is silent
     * relays again within 4.5 seconds of its return, and within 2.5 seconds if connections were refused meanwhile, with
     * the {@link io.araldo.Backoff} that is standard.
     *
     * <p>Either connection is taken for lost when it ends, or when two pings, 5 seconds apart, were not answered; the
     * other one is closed then.
     *
     * @return complete; failed with an {@link EndpointException} when the server is not there, does not answer in time,
     *     or refuses the login or the subscription; nothing is left open then
     */
    @Override
    public CompletionStage<? extends Link> open(Inbox inbox, LinkContext context) {
        return new PubSubOpening(this, inbox, context).run();
    }

    /** It is open now. */
    void wasOpen(LinkContext context) {
        openIn.add(context.timer());
    }

    /** Whether it was open before, in the same relay. */
    boolean hasBeenOpen(LinkContext context) {
        return openIn.contains(context.timer());
    }

    /** How often connections are asked whether they are there; tests have less patience. */
    Duration heartbeat() {
        return heartbeat;
    }

    /** How long the end waits for the answers to what was sent before; tests on a busy machine have more patience. */
    Duration grace() {
        return grace;
    }

    RedisAddress address() {
        return address;
    }

    /** The channel, or the pattern. */
    String channel() {
        return channel;
    }

    boolean isPattern() {
        return isPattern;
    }

    int maxInFlight() {
        return maxInFlight;
    }

    /** For people: name, address and channel, without secrets. */
    @Override
    public String toString() {
        return "RedisPubSubEndpoint[" + name + ", " + address + ", " + (isPattern ? "pattern " : "channel ") + channel
                + "]";
    }

    /** Describes an endpoint; {@link #build} checks everything at once. For one thread. */
    public static final class Builder {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

        private final String name;
        private @Nullable String uri;
        private @Nullable String channel;
        private @Nullable String pattern;
        private Marshaller marshaller = Marshaller.raw();
        private int maxInFlight = 10_000;
        private Duration heartbeat = Duration.ofSeconds(5);
        private Duration grace = Duration.ofSeconds(1);

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Where the server is: {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss://} for TLS,
         * where {@code ?verifyPeer=NONE} (or {@code CA}) trusts any certificate (or one for another host). Percent-encode
         * special characters of user and password. They are shown nowhere, nor is a URI that is not understood.
         */
        public Builder uri(String uri) {
            this.uri = uri;
            return this;
        }

        /** The channel to read from and to write to. Either this or {@link #pattern}. */
        public Builder channel(String channel) {
            this.channel = channel;
            return this;
        }

        /**
         * Reads from all channels that match, such as {@code news.*}; see the Redis command {@code PSUBSCRIBE}. Messages
         * carry {@link #CHANNEL_HEADER}. Such an endpoint is a source only: what is sent to it fails.
         */
        public Builder pattern(String pattern) {
            this.pattern = pattern;
            return this;
        }

        /** How messages look in the channel; default {@link Marshaller#raw()}. */
        public Builder marshaller(Marshaller marshaller) {
            this.marshaller = marshaller;
            return this;
        }

        /**
         * How many messages may be sent and not answered yet; what is sent beyond that is dropped
         * ({@link io.araldo.DropReason#OVERFLOW}). Default 10,000.
         */
        public Builder maxInFlight(int maxInFlight) {
            this.maxInFlight = maxInFlight;
            return this;
        }

        Builder heartbeat(Duration heartbeat) {
            this.heartbeat = heartbeat;
            return this;
        }

        Builder grace(Duration grace) {
            this.grace = grace;
            return this;
        }

        /**
         * The endpoint.
         *
         * @throws IllegalArgumentException if something is missing or wrong; one line for each mistake
         */
        public RedisPubSubEndpoint build() {
            List<String> mistakes = new ArrayList<>();
            RedisAddress address = address(mistakes);
            checkName(mistakes);
            checkChannel(mistakes);
            if (maxInFlight < 1 || maxInFlight > 1_000_000) {
                mistakes.add("maxInFlight: " + maxInFlight + " (expected: 1 to 1,000,000)");
            }
            if (marshaller == null) {
                mistakes.add("marshaller: null (expected: a value)");
            }
            if (address == null || !mistakes.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", mistakes));
            }
            return new RedisPubSubEndpoint(this, address);
        }

        private @Nullable RedisAddress address(List<String> mistakes) {
            if (uri == null || uri.isBlank()) {
                mistakes.add("uri: " + quoted(uri) + " (expected: such as redis://localhost:6379)");
                return null;
            }
            try {
                return RedisAddress.parse(uri);
            } catch (IllegalArgumentException e) {
                mistakes.add(String.valueOf(e.getMessage()));
                return null;
            }
        }

        private void checkName(List<String> mistakes) {
            if (name == null || !NAME.matcher(name).matches()) {
                mistakes.add("endpoint name: " + quoted(name)
                        + " (expected: 1 to 64 letters, digits, '.', '_' or '-', the first a letter or a digit)");
            }
        }

        private void checkChannel(List<String> mistakes) {
            if (channel == null && pattern == null) {
                mistakes.add("channel: null (expected: a channel, or a pattern)");
            } else if (channel != null && pattern != null) {
                mistakes.add("channel and pattern: " + quoted(channel) + " and " + quoted(pattern)
                        + " (expected: one of the two; make two endpoints)");
            } else {
                checkNotBlank("channel", channel, mistakes);
                checkNotBlank("pattern", pattern, mistakes);
            }
        }

        private static void checkNotBlank(String what, @Nullable String value, List<String> mistakes) {
            if (value != null && value.isBlank()) {
                mistakes.add(what + ": " + quoted(value) + " (expected: not blank)");
            }
        }

        private static String quoted(@Nullable String value) {
            return value == null ? "null" : "'" + value + "'";
        }
    }
}
