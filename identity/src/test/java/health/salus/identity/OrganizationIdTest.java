package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrganizationIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"ab", "hospital", "clinic-2", "a1234567890123456789012345678901"})
    void two_to_32_letters_digits_and_hyphens_are_one(String id) {
        assertThat(OrganizationId.isId(id)).isTrue();
        assertThat(OrganizationCa.create(id, InstantSource.system()).ca().root().organization())
                .contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a12345678901234567890123456789012", "1st", "-a", "Hospital", "a_b", "a.b", "a b"})
    void anything_else_is_none(String text) {
        assertThat(OrganizationId.isId(text)).isFalse();
        assertThatThrownBy(() -> OrganizationCa.create(text, InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
