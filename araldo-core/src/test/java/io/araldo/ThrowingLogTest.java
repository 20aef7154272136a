package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** A log that throws, as one does whose disk is full, ends nothing. */
@ExtendWith(ThreadLeakExtension.class)
class ThrowingLogTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.araldo");
    private final AtomicInteger thrown = new AtomicInteger();
    private final AppenderBase<ILoggingEvent> full = new AppenderBase<>() {
        @Override
        public synchronized void doAppend(ILoggingEvent event) {
            thrown.incrementAndGet();
            throw new IllegalStateException("the disk is full");
        }

        @Override
        protected void append(ILoggingEvent event) {}
    };

    private final TestEndpoint source = TestEndpoint.named("source");
    private final TestEndpoint target = TestEndpoint.named("target");

    @BeforeEach
    void fill() {
        relays.expectWarnings();
        full.start();
        logger.addAppender(full);
    }

    @AfterEach
    void empty() {
        logger.detachAppender(full);
        assertThat(thrown).hasPositiveValue();
    }

    @Test
    void routeGoesOn() {
        relays.start(Route.from(source)
                .map(message -> {
                    if (message.payload().text().equals("bad")) {
                        throw new IllegalArgumentException("bad");
                    }
                    return message;
                })
                .to(target));

        TestLink.Received bad = source.receive("bad");
        until(bad.outcome()::isDone);
        TestLink.Received good = source.receive("good");

        until(good.outcome()::isDone);
        assertThat(bad.now().kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(good.now()).isEqualTo(Outcome.delivered());
        assertThat(relays.awaitEvents(1, RelayEvent.MessagesFailed.class)).hasSize(1);
    }

    @Test
    void lostLinkIsReopened() {
        relays.start(relays.builder(Route.from(source).to(target))
                .backoff(Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(1))));

        assertThatCode(() -> target.link().lose("gone")).doesNotThrowAnyException();

        relays.awaitEvents(1, RelayEvent.LinkRestored.class);
        assertThat(target.links().get(0).closes).hasValue(1);
    }

    @Test
    void endpointIsTriedUntilItOpens() {
        target.opening(TestEndpoint.Opening.fails("not there"));

        relays.start(relays.builder(Route.from(source).to(target))
                .optional(target)
                .startup(Duration.ofSeconds(1))
                .backoff(Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(1))));

        until(() -> source.receive("1").now().equals(Outcome.delivered()));
    }
}
