package health.salus.node.access;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.access.NewKey;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.P256PrivateKey;
import health.salus.node.smart.TestDatabase;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReplacementsTest {
    private static final Handle ANN = Handle.random();
    private static final Sha256 BEA = Sha256.of(new byte[] {1});
    private static final Sha256 CEM = Sha256.of(new byte[] {2});

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Replacements replacements = new Replacements(TestDatabase.inMemory(), new SecureRandom(), now::get);

    @Test
    void a_code_makes_one_key_which_only_the_guardian_sees_who_gave_it() {
        String code = replacements.offer(BEA, ANN);
        NewKey key = key();
        assertThat(replacements.patient(code)).hasValue(ANN);
        assertThat(replacements.made(BEA)).isEmpty();

        assertThat(replacements.accept(code, key)).isTrue();

        assertThat(replacements.accept(code, key())).isFalse();
        assertThat(replacements.patient(code)).isEmpty();
        assertThat(replacements.made(BEA)).hasValue(key);
        assertThat(replacements.made(CEM)).isEmpty();
    }

    @Test
    void another_code_of_the_same_guardian_ends_the_first_and_its_key() {
        String first = replacements.offer(BEA, ANN);
        replacements.accept(first, key());

        String second = replacements.offer(BEA, ANN);

        assertThat(replacements.made(BEA)).isEmpty();
        assertThat(replacements.patient(second)).isPresent();
    }

    @Test
    void code_and_key_end_after_a_week() {
        String used = replacements.offer(BEA, ANN);
        replacements.accept(used, key());
        String unused = replacements.offer(CEM, ANN);

        now.updateAndGet(time -> time.plus(OneTimeCode.LIFE));

        assertThat(replacements.made(BEA)).isEmpty();
        assertThat(replacements.patient(unused)).isEmpty();
        assertThat(replacements.accept(unused, key())).isFalse();
    }

    private static NewKey key() {
        return NewKey.passkey(P256PrivateKey.generate().publicKey(), "https://hospital.example");
    }
}
