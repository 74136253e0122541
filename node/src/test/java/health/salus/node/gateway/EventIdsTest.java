package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.fhir.FhirSyntax;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void they_are_uuids_of_version_7_that_begin_with_the_time() {
        Instant now = Instant.parse("2026-11-27T12:00:00.123Z");
        for (int i = 0; i < 100; i++) {
            String id = EventIds.next(now, random);
            UUID uuid = UUID.fromString(id);

            assertThat(uuid.version()).isEqualTo(7);
            assertThat(uuid.variant()).isEqualTo(2);
            assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
            assertThat(FhirSyntax.isId(id)).isTrue();
        }
    }

    @Test
    void later_ones_are_greater_and_none_comes_twice() {
        Set<String> seen = new HashSet<>();
        String last = "";
        for (int i = 0; i < 1_000; i++) {
            String id = EventIds.next(Instant.ofEpochMilli(1_800_000_000_000L + i), random);
            assertThat(id).isGreaterThan(last);
            assertThat(seen.add(id)).isTrue();
            last = id;
        }
    }
}
