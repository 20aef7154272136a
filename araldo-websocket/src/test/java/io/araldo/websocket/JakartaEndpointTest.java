package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class JakartaEndpointTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(JakartaEndpoint.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final ClosedPeer peer = new ClosedPeer();
    private final JakartaEndpoint.Adapter adapter = new JakartaEndpoint.Adapter(peer);

    /** Remembers how it was closed. */
    private static final class ClosedPeer implements TyrusPeer {
        final List<Integer> codes = new ArrayList<>();

        @Override
        public String description() {
            return "Session 1";
        }

        @Override
        public SessionWriter writer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void protocolCode(CloseCode code) {}

        @Override
        public void protocolClose(Frame close) {}

        @Override
        public void close(CloseCode code) {
            codes.add(code.code());
        }
    }

    @BeforeEach
    void listen() {
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void restore() {
        logger.detachAppender(log);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void errorEndsTheSessionAndIsOneLineAboveDebug() {
        IllegalStateException error = new IllegalStateException("planted");
        adapter.onError(null, error);
        assertThat(peer.codes).containsExactly(1011);
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.DEBUG);
        assertThat(log.list.get(0).getFormattedMessage())
                .isEqualTo("Session 1 is closed after an error: java.lang.IllegalStateException: planted");
        assertThat(log.list.get(0).getThrowableProxy()).isNull();
        assertThat(log.list.get(1).getThrowableProxy().getMessage()).isEqualTo("planted");
    }
}
