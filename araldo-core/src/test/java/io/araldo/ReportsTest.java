package io.araldo;

import static io.araldo.Waiting.untilEnded;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is told of drops and failures adds up. */
class ReportsTest {
    private static final int MANY = 300_000;

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.araldo");
    private final LongAdder told = new LongAdder();
    private final Reports reports = new Reports("r", event -> {
        if (event instanceof RelayEvent.MessagesDropped dropped) {
            told.add(dropped.count());
        } else if (event instanceof RelayEvent.MessagesFailed failed) {
            told.add(failed.count());
        }
    });

    @BeforeEach
    void quiet() {
        logger.setLevel(Level.OFF);
    }

    @AfterEach
    void loud() {
        logger.setLevel(null);
    }

    /** Calls this often enough to meet a tick in its middle. */
    private void during(Runnable telling) {
        AtomicBoolean goesOn = new AtomicBoolean(true);
        Thread ticking = new Thread(() -> {
            while (goesOn.get()) {
                reports.tick();
            }
        });
        ticking.start();
        for (int i = 0; i < MANY; i++) {
            telling.run();
        }
        goesOn.set(false);
        untilEnded(ticking);
        reports.tick();
    }

    @Test
    void eachDropIsTold() {
        during(() -> reports.dropped("route", DropReason.OVERFLOW));
        assertThat(told.sum()).isEqualTo(MANY);
    }

    @Test
    void eachFailureIsTold() {
        IllegalStateException cause = new IllegalStateException("boom");
        during(() -> reports.failed("route", cause));
        assertThat(told.sum()).isEqualTo(MANY);
    }
}
