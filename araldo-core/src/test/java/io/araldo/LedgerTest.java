package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.Ledger.EndpointCount;
import io.araldo.Ledger.LegCount;
import io.araldo.Ledger.RouteCount;
import io.araldo.Ledger.SessionCount;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Map<DropReason, Long> TWO_DROPPED = Map.of(DropReason.OVERFLOW, 1L, DropReason.CLOSED, 1L);
    private static final LegCount LEG = new LegCount(9, 2, 1, 3, TWO_DROPPED, 1);

    private static RouteCount route(long received, long waiting, LegCount leg) {
        return new RouteCount(received, 5, 1, 5, 2, TWO_DROPPED, 9, waiting, Map.of("b", leg), Map.of("c", leg));
    }

    private static Ledger ledger(RouteCount route) {
        return new Ledger(Map.of("a", new EndpointCount(17, 2)), Map.of("a->b", route));
    }

    @Test
    void equationsThatHoldAreConserved() {
        assertThatCode(() -> ledger(route(17, 3, LEG)).assertConserved()).doesNotThrowAnyException();
    }

    @Test
    void routeThatLostAMessageIsNamed() {
        assertThatThrownBy(() -> ledger(route(18, 3, LEG)).assertConserved())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "route 'a->b': received and produced 23, accounted for 22: RouteCount[received=18,");
    }

    @Test
    void negativeTermsAreNamed() {
        LegCount negative = new LegCount(9, 4, 1, 3, TWO_DROPPED, -1);

        assertThatThrownBy(() -> ledger(route(13, -1, negative)).assertConserved())
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(
                        "route 'a->b': received and produced 18, accounted for 18",
                        "leg 'a->b' to 'b': offered 9, accounted for 9");
    }

    @Test
    void eachTermOfALegCounts() {
        LegCount[] wrong = {
            new LegCount(10, 2, 1, 3, TWO_DROPPED, 1),
            new LegCount(9, 1, 1, 3, TWO_DROPPED, 1),
            new LegCount(9, 2, 0, 3, TWO_DROPPED, 1),
            new LegCount(9, 2, 1, 2, TWO_DROPPED, 1),
            new LegCount(9, 2, 1, 3, Map.of(DropReason.OVERFLOW, 1L), 1),
            new LegCount(9, 2, 1, 3, TWO_DROPPED, 0)
        };
        for (LegCount leg : wrong) {
            assertThatThrownBy(() -> ledger(route(17, 3, leg)).assertConserved())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("leg 'a->b' to 'b': offered " + leg.offered() + ", accounted for ");
        }
    }

    @Test
    void eachTermOfARouteCounts() {
        Map<String, LegCount> legs = Map.of("b", LEG);
        RouteCount[] wrong = {
            new RouteCount(17, 6, 1, 5, 2, TWO_DROPPED, 9, 3, legs, Map.of()),
            new RouteCount(17, 5, 0, 5, 2, TWO_DROPPED, 9, 3, legs, Map.of()),
            new RouteCount(17, 5, 1, 4, 2, TWO_DROPPED, 9, 3, legs, Map.of()),
            new RouteCount(17, 5, 1, 5, 3, TWO_DROPPED, 9, 3, legs, Map.of()),
            new RouteCount(17, 5, 1, 5, 2, Map.of(), 9, 3, legs, Map.of()),
            new RouteCount(17, 5, 1, 5, 2, TWO_DROPPED, 8, 3, legs, Map.of()),
            new RouteCount(17, 5, 2, 4, 2, Map.of(DropReason.LOOP, 3L, DropReason.HOPS, -1L), 9, 3, legs, Map.of())
        };
        for (RouteCount route : wrong) {
            assertThatThrownBy(() -> ledger(route).assertConserved())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("route 'a->b': received and produced ");
        }
    }

    @Test
    void tapThatLostAMessageIsNamed() {
        LegCount lost = new LegCount(10, 2, 1, 3, TWO_DROPPED, 1);
        RouteCount route = new RouteCount(17, 5, 1, 5, 2, TWO_DROPPED, 9, 3, Map.of(), Map.of("c", lost));

        assertThatThrownBy(() -> ledger(route).assertConserved())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("tap 'a->b' to 'c': offered 10, accounted for 9: LegCount[offered=10,");
    }

    @Test
    void countsAreFoundByName() {
        Ledger ledger = ledger(route(17, 3, LEG));

        assertThat(ledger.leg("a->b", "b")).isSameAs(LEG);
        assertThatThrownBy(() -> ledger.route("x")).hasMessage("route: 'x' (expected: one of [a->b])");
        assertThat(ledger.tap("a->b", "c")).isSameAs(LEG);
        assertThatThrownBy(() -> ledger.tap("a->b", "x")).hasMessage("tap: 'x' (expected: one of [c])");
        assertThatThrownBy(() -> ledger.leg("a->b", "x")).hasMessage("target: 'x' (expected: one of [b])");
    }

    private static Ledger withSessions(SessionCount sessions) {
        return new Ledger(
                Map.of("a", new EndpointCount(17, 2, Optional.of(sessions)), "b", new EndpointCount(1, 0)),
                Map.of("a->b", route(17, 3, LEG)));
    }

    @Test
    void sessionsWhoseEquationHoldsAreConserved() {
        SessionCount count = new SessionCount(10, 4, 3, TWO_DROPPED, 1);

        assertThatCode(() -> withSessions(count).assertConserved()).doesNotThrowAnyException();
        assertThatCode(count::assertConserved).doesNotThrowAnyException();
        assertThat(withSessions(count).sessions("a")).isEqualTo(count);
        assertThat(withSessions(count).toString())
                .contains("SessionCount[offered=10, written=4, excluded=3, skipped={", "pending=1]");
    }

    @Test
    void eachTermOfASessionCounts() {
        SessionCount[] wrong = {
            new SessionCount(9, 4, 3, TWO_DROPPED, 1),
            new SessionCount(10, 5, 3, TWO_DROPPED, 1),
            new SessionCount(10, 4, 2, TWO_DROPPED, 1),
            new SessionCount(10, 4, 3, Map.of(), 1),
            new SessionCount(10, 4, 3, TWO_DROPPED, 0),
            new SessionCount(10, 6, 3, TWO_DROPPED, -1),
            new SessionCount(10, 6, -1, Map.of(DropReason.SLOW_SESSION, 4L), 1),
            new SessionCount(10, 6, 4, Map.of(DropReason.SLOW_SESSION, -1L), 1)
        };
        for (SessionCount count : wrong) {
            assertThatThrownBy(() -> withSessions(count).assertConserved())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("sessions of 'a': offered " + count.offered() + ", accounted for ");
            assertThatThrownBy(count::assertConserved)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("session: offered ");
        }
    }

    @Test
    void sumOfSessionsHasTheSumOfEachTerm() {
        SessionCount one = new SessionCount(10, 4, 3, TWO_DROPPED, 1);
        SessionCount other = new SessionCount(9, 1, 2, Map.of(DropReason.CLOSED, 3L, DropReason.LOOP, 1L), 2);

        assertThat(one.plus(other))
                .isEqualTo(new SessionCount(
                        19, 5, 5, Map.of(DropReason.OVERFLOW, 1L, DropReason.CLOSED, 4L, DropReason.LOOP, 1L), 3));
        assertThat(SessionCount.NONE.plus(one)).isEqualTo(one);
    }

    @Test
    void endpointWithoutSessionsIsNoAnswer() {
        assertThatThrownBy(() -> withSessions(SessionCount.NONE).sessions("b"))
                .hasMessage("endpoint: 'b' (expected: one of [a])");
    }

    @Test
    void snapshotDoesNotChange() {
        Map<String, EndpointCount> endpoints = new HashMap<>();
        Ledger ledger = new Ledger(endpoints, Map.of());

        endpoints.put("a", new EndpointCount(1, 0));

        assertThat(ledger.endpoints()).isEmpty();
    }
}
