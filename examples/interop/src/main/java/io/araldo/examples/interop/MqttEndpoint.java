package io.araldo.examples.interop;

import io.araldo.Endpoint;
import io.araldo.EndpointException;
import io.araldo.Inbox;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.Marshaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.paho.client.mqttv3.MqttTopic;
import org.jspecify.annotations.Nullable;

/**
 * A topic of an MQTT 3.1.1 broker, to read from and to write to, or all topics that match a filter such as
 * {@code plant/+/temperature} or {@code plant/#}, to read from. Immutable and reusable.
 *
 * <p>A broker sends what a client publishes back to it, if it subscribes as well, so a bridge that goes both ways uses a
 * topic for each direction. As MQTT has no types, what arrives is text if it is valid UTF-8, else binary.
 *
 * <p>What is sent is delivered when the broker has answered PUBACK (quality of service 1), or when it was written to the
 * connection (0); it is unknown when the connection ended before that. What arrives is answered to the broker at once,
 * whatever becomes of it; sessions are clean, so what is published while the relay is away is missed.
 */
public final class MqttEndpoint implements Endpoint {
    /** The header in which messages of a filter carry the topic they came from. */
    public static final String TOPIC_HEADER = "mqtt.topic";

    private final String name;
    private final MqttAddress address;
    private final String topic;
    private final int qos;
    private final Marshaller marshaller;
    private final int maxInFlight;
    private final int maxPayloadBytes;
    private final Duration keepAlive;

    private MqttEndpoint(Builder builder, MqttAddress address, String topic) {
        this.name = builder.name;
        this.address = address;
        this.topic = topic;
        this.qos = builder.qos;
        this.marshaller = builder.marshaller;
        this.maxInFlight = builder.maxInFlight;
        this.maxPayloadBytes = builder.maxPayloadBytes;
        this.keepAlive = builder.keepAlive;
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

    // region can-wait
    /** {@code false}: nobody can hold back those who publish to a broker. */
    @Override
    public boolean canWait() {
        return false;
    }
    // endregion

    // region resources
    /** The topic, which echoes: a broker sends what was published to everybody who subscribes. Nothing for a filter. */
    @Override
    public Set<String> writes() {
        return isFilter() ? Set.of() : Set.of(resource(topic));
    }

    @Override
    public boolean reads(String resource) {
        String broker = resource("");
        return resource.startsWith(broker) && MqttTopic.isMatched(topic, resource.substring(broker.length()));
    }

    /** As what a topic stands in the trail of a message. */
    String resource(String topic) {
        return address + "/" + topic;
    }
    // endregion

    // region open
    /**
     * Connects, as {@code araldo-<relay>-<endpoint>-<random>}, and subscribes if a route reads from this endpoint. Blocks
     * until the broker has confirmed both, for 8 seconds at most.
     *
     * @throws EndpointException if the broker is not there, does not answer, or refuses the login or the subscription
     */
    @Override
    public CompletionStage<? extends Link> open(Inbox inbox, LinkContext context) {
        return CompletableFuture.completedFuture(MqttLink.open(this, inbox, context));
    }
    // endregion

    MqttAddress address() {
        return address;
    }

    /** The topic, or the filter. */
    String topic() {
        return topic;
    }

    boolean isFilter() {
        return isFilter(topic);
    }

    static boolean isFilter(String topic) {
        return topic.contains("#") || topic.contains("+");
    }

    int qos() {
        return qos;
    }

    int maxInFlight() {
        return maxInFlight;
    }

    int maxPayloadBytes() {
        return maxPayloadBytes;
    }

    /** How long the broker may be silent until it is asked whether it is there; as long again, and it is lost. */
    Duration keepAlive() {
        return keepAlive;
    }

    /** For people: name, address and topic, without secrets. */
    @Override
    public String toString() {
        return "MqttEndpoint[" + name + ", " + address + ", " + (isFilter() ? "filter " : "topic ") + topic + "]";
    }

    /** Describes an endpoint; {@link #build} checks everything at once. For one thread. */
    public static final class Builder {
        private final String name;
        private @Nullable String uri;
        private @Nullable String topic;
        private int qos = 1;
        private Marshaller marshaller = Marshaller.raw();
        private int maxInFlight = 1_000;
        private int maxPayloadBytes = 65_536;
        private Duration keepAlive = Duration.ofSeconds(10);

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Where the broker is: {@code mqtt://[user[:password]@]host[:port]}. Special characters of user and password are
         * percent-encoded; they are shown nowhere, nor is a URI that is not understood.
         */
        public Builder uri(String uri) {
            this.uri = uri;
            return this;
        }

        /** The topic to read from and to write to, or a filter, to read from alone: what is sent to it fails. */
        public Builder topic(String topic) {
            this.topic = topic;
            return this;
        }

        /** The quality of service, both ways: 0, at most once, or 1, at least once. Default 1. */
        public Builder qos(int qos) {
            this.qos = qos;
            return this;
        }

        /** How messages look in the topic; default {@link Marshaller#raw()}. */
        public Builder marshaller(Marshaller marshaller) {
            this.marshaller = marshaller;
            return this;
        }

        /**
         * How many messages may be sent and not answered yet; what is sent beyond that is dropped
         * ({@link io.araldo.DropReason#OVERFLOW}). Default 1,000.
         */
        public Builder maxInFlight(int maxInFlight) {
            this.maxInFlight = maxInFlight;
            return this;
        }

        /**
         * What the broker takes: a larger message is dropped ({@link io.araldo.DropReason#TOO_LARGE}), because brokers
         * answer it by ending the connection. Default 65,536.
         */
        public Builder maxPayloadBytes(int maxPayloadBytes) {
            this.maxPayloadBytes = maxPayloadBytes;
            return this;
        }

        /** For tests, which have less patience; whole seconds. */
        Builder keepAlive(Duration keepAlive) {
            this.keepAlive = keepAlive;
            return this;
        }

        /**
         * The endpoint.
         *
         * @throws IllegalArgumentException if something is missing or wrong; one line for each mistake
         */
        public MqttEndpoint build() {
            List<String> mistakes = new ArrayList<>();
            MqttAddress address = address(mistakes);
            String checkedTopic = topic(mistakes);
            check("qos", qos, 0, 1, mistakes);
            check("maxInFlight", maxInFlight, 1, 60_000, mistakes);
            check("maxPayloadBytes", maxPayloadBytes, 1, 256 * 1024 * 1024 - 70_000, mistakes);
            if (address == null || !mistakes.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", mistakes));
            }
            return new MqttEndpoint(this, address, checkedTopic);
        }

        private @Nullable MqttAddress address(List<String> mistakes) {
            try {
                return MqttAddress.parse(uri == null ? "" : uri);
            } catch (IllegalArgumentException e) {
                mistakes.add(String.valueOf(e.getMessage()));
                return null;
            }
        }

        private String topic(List<String> mistakes) {
            String text = topic == null ? "" : topic;
            try {
                MqttTopic.validate(text, true);
            } catch (IllegalArgumentException e) {
                mistakes.add(
                        "topic: '" + text + "' (expected: such as plant/commands or plant/+/temperature; '+' stands"
                                + " for one level, '#' for all from there on)");
            }
            return text;
        }

        private static void check(String what, int value, int min, int max, List<String> mistakes) {
            if (value < min || value > max) {
                mistakes.add(what + ": " + value + " (expected: " + min + " to " + max + ")");
            }
        }
    }
}
