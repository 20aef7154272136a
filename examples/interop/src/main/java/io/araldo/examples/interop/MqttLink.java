package io.araldo.examples.interop;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.EndpointException;
import io.araldo.Health;
import io.araldo.Inbox;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.Payload;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live side of an {@link MqttEndpoint}: one connection, with four threads of the client's, daemons. */
final class MqttLink implements Link, MqttCallback {
    static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration SUBSCRIBE_PATIENCE = Duration.ofSeconds(3);

    /** Shorter, or we might give up while the client starts its threads; it does not take that well. */
    private static final Duration TCP_PATIENCE = Duration.ofSeconds(4);

    private static final Logger LOG = LoggerFactory.getLogger(MqttLink.class);
    private static final long QUIESCE_MILLIS = 1_000;

    /** The client waits all of it, as the broker does not answer DISCONNECT. */
    private static final long DISCONNECT_MILLIS = 100;

    private static final int SUBSCRIPTION_REFUSED = 0x80;

    /** The life of a link. */
    private enum State {
        /** Connects and subscribes, and nobody has it yet: to OPEN, or to ENDED if that fails. */
        OPENING,
        /** To ENDED, when it is closed or lost. */
        OPEN,
        /** The end. */
        ENDED
    }

    private final MqttEndpoint endpoint;
    private final Inbox inbox;
    private final LinkContext context;
    private final MqttFailures failures;
    private final InFlight inFlight;
    private final MqttAsyncClient client;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPENING);
    private final CompletableFuture<Void> released = new CompletableFuture<>();

    /** Written by whoever ends the link. */
    private volatile Health health;

    /** Whether what is still unanswered has been given up: who sends on from here must answer itself. */
    private volatile boolean gaveUp;

    private MqttLink(MqttEndpoint endpoint, Inbox inbox, LinkContext context) throws MqttException {
        this.endpoint = endpoint;
        this.inbox = inbox;
        this.context = context;
        this.failures = new MqttFailures(endpoint);
        this.inFlight = new InFlight(endpoint.maxInFlight());
        this.health = Health.up(context.clock().instant());
        String id = "araldo-" + context.relay() + "-" + endpoint.name() + "-"
                + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
        this.client = new MqttAsyncClient(endpoint.address().forClient(), id, new MemoryPersistence());
    }

    // region opening
    /** Blocks. The client's threads are daemons, as the relay's that calls is one. */
    static MqttLink open(MqttEndpoint endpoint, Inbox inbox, LinkContext context) {
        try {
            MqttLink link = new MqttLink(endpoint, inbox, context);
            link.connect();
            return link;
        } catch (MqttException e) {
            throw new MqttFailures(endpoint).opening(e);
        }
    }

    private void connect() throws MqttException {
        client.setCallback(this);
        try {
            client.connect(options()).waitForCompletion(CONNECT_PATIENCE.toMillis());
            if (context.receives()) {
                subscribe();
            }
            if (!state.compareAndSet(State.OPENING, State.OPEN)) {
                throw new MqttException(MqttException.REASON_CODE_CONNECTION_LOST);
            }
        } catch (MqttException e) {
            state.set(State.ENDED);
            abort();
            throw e;
        }
    }
    // endregion

    private MqttConnectOptions options() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(true);
        options.setAutomaticReconnect(false);
        options.setSocketFactory(new PatientSockets());
        options.setConnectionTimeout((int) TCP_PATIENCE.toSeconds());
        options.setKeepAliveInterval((int) endpoint.keepAlive().toSeconds());
        options.setMaxInflight(endpoint.maxInFlight());
        endpoint.address().login(options);
        return options;
    }

    private void subscribe() throws MqttException {
        IMqttToken subscription = client.subscribe(endpoint.topic(), endpoint.qos());
        subscription.waitForCompletion(SUBSCRIBE_PATIENCE.toMillis());
        if (subscription.getGrantedQos()[0] == SUBSCRIPTION_REFUSED) {
            throw new MqttException(MqttException.REASON_CODE_SUBSCRIBE_FAILED);
        }
    }

    // region receiving
    /** Called on the client's thread for callbacks, one message at a time. */
    @Override
    public void messageArrived(String topic, MqttMessage arrived) {
        if (state.get() == State.ENDED) {
            return;
        }
        Message wire = Message.of(Payload.wrapUtf8OrBinary(arrived.getPayload()))
                .withOrigin(context.origin(null, null))
                .withTrail(1, List.of(endpoint.resource(topic)));
        Message message = endpoint.isFilter() ? wire.withHeader(MqttEndpoint.TOPIC_HEADER, topic) : wire;
        inbox.received(message, Acknowledgement.ignored());
    }
    // endregion

    // region sending
    @Override
    public void send(Message message, Acknowledgement acknowledgement) {
        if (endpoint.isFilter()) {
            acknowledgement.acknowledge(Outcome.failed(failures.filter()));
        } else if (message.payload().size() > endpoint.maxPayloadBytes()) {
            acknowledgement.acknowledge(Outcome.dropped(DropReason.TOO_LARGE));
        } else if (state.get() != State.OPEN) {
            acknowledgement.acknowledge(Outcome.dropped(DropReason.NOT_WRITABLE));
        } else {
            InFlight.Sent sent = inFlight.begin(acknowledgement);
            if (sent == null) {
                acknowledgement.acknowledge(Outcome.dropped(DropReason.OVERFLOW));
            } else {
                publish(message.payload().bytes(), sent);
            }
        }
    }

    /** Hands it to the thread that writes. If the link ended meanwhile, nobody else may be left to answer. */
    private void publish(byte[] payload, InFlight.Sent sent) {
        try {
            client.publish(endpoint.topic(), payload, endpoint.qos(), false, null, sent);
        } catch (MqttException e) {
            sent.answer(Outcome.dropped(DropReason.NOT_WRITABLE));
        }
        if (gaveUp) {
            sent.answer(Outcome.unknown());
        }
    }

    /** Nothing waits for it. */
    @Override
    public void flush() {}
    // endregion

    /** Told to each message's own listener. */
    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}

    // region lost
    /** Called by the client, once, when all else has ended; not when we disconnect. */
    @Override
    public void connectionLost(Throwable error) {
        if (state.getAndSet(State.ENDED) == State.OPEN) {
            EndpointException cause = failures.lost(error);
            ended(String.valueOf(cause.getMessage()));
            inbox.lost(cause);
        }
    }
    // endregion

    private void ended(String why) {
        health = Health.down(context.clock().instant(), why);
        gaveUp = true;
        inFlight.giveUp();
        released.complete(null);
    }

    /** It can always publish; it has subscribed if a route read from here when it was opened. */
    @Override
    public boolean serves(boolean receiving, boolean sending) {
        return context.receives() || !receiving;
    }

    @Override
    public URI address() {
        return endpoint.address().shown();
    }

    @Override
    public Health health() {
        return health;
    }

    // region closing
    /** Takes nothing more, waits a second at most for what is unanswered, and disconnects: on a thread of its own. */
    @Override
    public CompletionStage<Void> close() {
        if (state.compareAndSet(State.OPEN, State.ENDED)) {
            Thread closer =
                    new Thread(this::disconnect, "araldo-" + context.relay() + "-" + endpoint.name() + "-closer");
            closer.setDaemon(true);
            closer.start();
        }
        return released;
    }

    private void disconnect() {
        try {
            client.disconnectForcibly(QUIESCE_MILLIS, DISCONNECT_MILLIS);
        } catch (MqttException e) {
            LOG.debug("'{}': disconnecting failed", endpoint.name(), e);
        } finally {
            ended("closed");
        }
    }
    // endregion

    /** Closes the socket and ends the client's threads, from any state; takes a tenth of a second or so. */
    private void abort() {
        try {
            client.disconnectForcibly(0, 0, false);
        } catch (MqttException e) {
            LOG.debug("'{}': disconnecting failed", endpoint.name(), e);
        }
    }
}
