package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CursorSealTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final PageCursor CURSOR = new PageCursor(
            "client",
            "42",
            "handle",
            "SEARCH",
            List.of(new Pages.Position("Observation?patient=42", 3), new Pages.Position("Condition?patient=42", 0)),
            50,
            NOON.plusSeconds(60));

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final CursorSeal seal = new CursorSeal(new SecureRandom(), now::get);

    @Test
    void a_cursor_comes_back_as_it_was() {
        assertThat(seal.open("city", "client", seal.seal("city", CURSOR))).isEqualTo(CURSOR);
    }

    @Test
    void a_cursor_is_of_no_use_to_another_client_or_at_another_organization() {
        String sealed = seal.seal("city", CURSOR);

        assertThatThrownBy(() -> seal.open("city", "somebody", sealed)).isInstanceOf(FhirProblem.class);
        assertThatThrownBy(() -> seal.open("clinic", "client", sealed)).isInstanceOf(FhirProblem.class);
    }

    @Test
    void a_cursor_expires() {
        String sealed = seal.seal("city", CURSOR);
        now.set(NOON.plusSeconds(60));

        assertThatThrownBy(() -> seal.open("city", "client", sealed)).isInstanceOf(FhirProblem.class);
    }

    @Test
    void any_flipped_bit_is_refused() {
        byte[] sealed = Base64.getUrlDecoder().decode(seal.seal("city", CURSOR));
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(altered);
            assertThatThrownBy(() -> seal.open("city", "client", text)).isInstanceOf(FhirProblem.class);
        }
        assertThatThrownBy(() -> seal.open("city", "client", "")).isInstanceOf(FhirProblem.class);
        assertThatThrownBy(() -> seal.open("city", "client", "!")).isInstanceOf(FhirProblem.class);
    }
}
