package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The counting of sessions. */
class AdmissionTest {
    @Test
    void thereAreSoManyPlacesInTotal() {
        Admission admission = new Admission(2, 2);
        assertThat(admission.enter("a")).isNull();
        assertThat(admission.enter("b")).isNull();
        assertThat(admission.enter("c")).isEqualTo(new Refusal(503, "all 2 sessions are taken (maxSessions)"));
        admission.leave("a");
        assertThat(admission.enter("c")).isNull();
    }

    @Test
    void thereAreSoManyPlacesForEachAddress() {
        Admission admission = new Admission(10, 1);
        assertThat(admission.enter("a")).isNull();
        assertThat(admission.enter("a").text()).contains("maxSessionsPerAddress");
        assertThat(admission.enter("b")).isNull();
        admission.leave("a");
        assertThat(admission.enter("a")).isNull();
    }

    @Test
    void aRefusalTakesNoPlace() {
        Admission admission = new Admission(2, 1);
        assertThat(admission.enter("a")).isNull();
        for (int i = 0; i < 5; i++) {
            assertThat(admission.enter("a")).isNotNull();
        }
        assertThat(admission.enter("b")).isNull();
    }
}
