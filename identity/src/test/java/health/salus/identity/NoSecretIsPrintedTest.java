package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoSecretIsPrintedTest {
    @Test
    void a_private_key_is_printed_by_none_of_the_types_that_hold_it() {
        OrganizationCa.Created created = OrganizationCa.create("hospital-a", new TestClock());
        PatientKey patient = PatientKey.generate();
        Credential member = created.ca().enroll(Enrollment.of("x", Role.PEER, Set.of(), Duration.ofDays(1)));

        assertHides(patient, patient.key());
        assertHides(patient.key(), patient.key());
        assertHides(member, member.key());
        assertHides(created, created.root().key());
        assertHides(created.ca(), created.ca().enrollmentCa().key());
    }

    @Test
    void neither_is_a_password_or_another_secret() {
        assertThat(KeyStorePassword.of("tr0ub4dor".toCharArray()).toString()).doesNotContain("tr0");
        assertThat(Secret.of("tr0ub4dor".getBytes(StandardCharsets.UTF_8))).hasToString("secret of 9 bytes");
    }

    private static void assertHides(Object holder, P256PrivateKey key) {
        byte[] scalar = ((ECPrivateKey) key.key()).getS().toByteArray();
        byte[] encoded = key.key().getEncoded();
        assertThat(holder.toString())
                .doesNotContainIgnoringCase(HexFormat.of().formatHex(scalar).substring(2, 18))
                .doesNotContain(((ECPrivateKey) key.key()).getS().toString().substring(0, 12))
                .doesNotContain(Base64.getEncoder().encodeToString(scalar).substring(4, 16))
                .doesNotContain(Base64.getEncoder().encodeToString(encoded).substring(60, 72))
                .doesNotContain(Base64.getUrlEncoder().encodeToString(encoded).substring(60, 72));
    }
}
