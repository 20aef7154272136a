package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * The relays of a test: closes them after it, and then fails it if there was a warning that the test did not take.
 */
final class Relays implements BeforeEachCallback, AfterEachCallback {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.araldo");
    private final List<Relay> relays = new CopyOnWriteArrayList<>();
    private final List<RelayEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final Log log = new Log();

    private volatile boolean warningsMatter = true;

    private final class Log extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                warnings.add(event.getFormattedMessage());
            } else if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
                notes.add(event.getFormattedMessage());
            }
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        log.start();
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(log);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try {
            relays.forEach(Relay::close);
        } finally {
            logger.detachAppender(log);
            logger.setAdditive(true);
            logger.setLevel(null);
        }
        if (warningsMatter) {
            assertThat(warnings).as("warnings that the test did not take").isEmpty();
        }
    }

    /** A builder whose relay is called {@code r} and whose events are recorded here. */
    RelayBuilder builder(Route... routes) {
        return Relay.builder().name("r").events(events::add).route(routes);
    }

    Relay start(RelayBuilder builder) {
        Relay relay = builder.start();
        relays.add(relay);
        return relay;
    }

    Relay start(Route... routes) {
        return start(builder(routes));
    }

    /** Starts with lanes that run when the test says so. */
    Relay start(SteppedExecutor executor, Route... routes) {
        return start(builder(routes).executor(executor));
    }

    /** As {@link #start(SteppedExecutor, Route...)}, where lanes wait until the test moves the time on. */
    Relay start(SteppedExecutor executor, ManualTime time, Route... routes) {
        return start(builder(routes).executor(executor).timer(time).clock(time));
    }

    /** The warnings so far, which the test takes hereby. */
    List<String> warnings() {
        List<String> taken = new ArrayList<>(warnings);
        warnings.removeAll(taken);
        return taken;
    }

    /** Waits for a warning with this text in it, and takes all such. */
    void awaitWarning(String part) {
        Predicate<String> wanted = text -> text.contains(part);
        until(() -> warnings.stream().anyMatch(wanted));
        warnings.removeIf(wanted);
    }

    /** For tests that drop or break many messages, where warnings are beside the point. */
    void expectWarnings() {
        warningsMatter = false;
    }

    /** What was logged at INFO. */
    List<String> notes() {
        return notes;
    }

    /** The events so far. */
    List<RelayEvent> events() {
        return events;
    }

    /** The events of one kind so far. */
    <T extends RelayEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Waits until so many events of a kind have come. */
    <T extends RelayEvent> List<T> awaitEvents(int count, Class<T> kind) {
        until(() -> events(kind).size() >= count);
        return events(kind);
    }
}
