package health.salus.fhir.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.fhir.seal.RecordEntry.Kind;
import health.salus.foundation.Sha256;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordEntryTest {
    @ParameterizedTest
    @EnumSource
    void an_entry_is_its_kind_and_33_bytes(Kind kind) {
        RecordEntry entry = new RecordEntry(kind, Sha256.of(new byte[] {1}));
        assertThat(entry.encode()).hasSize(33).startsWith(kind.name().charAt(0));
        assertThat(RecordEntry.decode(entry.encode())).isEqualTo(entry);
    }

    @Test
    void other_bytes_are_no_entry() {
        assertThatThrownBy(() -> RecordEntry.decode(new byte[33])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordEntry.decode(new byte[] {'V'})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_erasure_names_entries_time_and_reason_only() {
        Erasure erasure =
                new Erasure("salus/clinic", List.of(9L, 4L, 9L), Instant.parse("2026-01-01T00:00:00.9Z"), "gdpr-17");
        assertThat(erasure.encode())
                .asString()
                .isEqualTo("{\"entries\":[4,9],\"log\":\"salus/clinic\",\"reason\":\"gdpr-17\",\"time\":1767225600}");
        assertThat(erasure.digest()).isNotEqualTo(Sha256.of(erasure.encode()));
    }

    @Test
    void an_erasure_says_why_in_a_code_and_not_in_words() {
        assertThatThrownBy(() -> new Erasure("l", List.of(1L), Instant.EPOCH, "Jane asked"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Erasure("l", List.of(), Instant.EPOCH, "gdpr-17"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
