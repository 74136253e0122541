package health.salus.node.requester;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.identity.Handle;
import health.salus.node.requester.OwnEmergencies.Justification;
import health.salus.node.smart.TestDatabase;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OwnEmergenciesTest {
    private final OwnEmergencies emergencies = new OwnEmergencies(TestDatabase.inMemory(), new SecureRandom());
    private final Handle id = Handle.random();

    @Test
    void the_text_that_was_signed_is_found_by_its_commitment_also_when_another_was_drafted() {
        Justification signed = emergencies.justify(id, "unconscious after a fall");
        Justification other = emergencies.justify(id, "unconscious after a fall");

        assertThat(signed.commitment()).as("a salt of its own").isNotEqualTo(other.commitment());
        assertThat(emergencies.justification(id, signed.commitment()))
                .map(Justification::text)
                .hasValue("unconscious after a fall");
        assertThat(emergencies.justification(id, signed.commitment()))
                .map(Justification::commitment)
                .hasValue(signed.commitment());
        assertThat(emergencies.justification(Handle.random(), signed.commitment()))
                .isEmpty();
        assertThat(signed.toString()).doesNotContain("fall");
    }

    @Test
    void the_newest_come_first() {
        Handle later = Handle.random();
        emergencies.draft(id, Instant.EPOCH);
        emergencies.draft(later, Instant.EPOCH.plusSeconds(1));

        assertThat(emergencies.newest(10)).containsExactly(later, id);
    }

    @Test
    void a_draft_that_was_never_signed_is_forgotten() {
        Handle unsigned = Handle.random();
        emergencies.draft(id, Instant.EPOCH);
        emergencies.draft(unsigned, Instant.EPOCH);

        emergencies.forgetUnsigned(Instant.EPOCH.plusSeconds(1), id::equals);

        assertThat(emergencies.newest(10)).containsExactly(id);
    }
}
