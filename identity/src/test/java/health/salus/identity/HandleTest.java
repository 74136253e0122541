package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandleTest {
    @Property
    void any_16_bytes_are_a_handle_and_lead_back(@ForAll @Size(16) byte[] bytes) {
        Handle handle = Handle.of(bytes);

        assertThat(new Handle(handle.value()).bytes()).isEqualTo(bytes);
    }

    @Test
    void two_handles_differ() {
        assertThat(Handle.random()).isNotEqualTo(Handle.random());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAB",
                "AAAAAAAAAAAAAAAAAAAA==",
                "AAAAAAAAAAAAAAAAAAAA A",
                "Erika Mustermann 1964x",
                "AAAAAAAAAAAAAAAAAAAAé"
            })
    void anything_else_is_refused_and_not_quoted(String text) {
        assertThatThrownBy(() -> new Handle(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("Erika");
    }
}
