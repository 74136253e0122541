package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import java.time.Duration;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever arrives, readers answer or throw the exception that they document, and signed payloads come back whole. */
class UntrustedBytesPropertyTest {
    private static final P256PrivateKey KEY = P256PrivateKey.generate();
    private static final Sha256 KID = KEY.publicKey().thumbprint();
    private static final byte[] REQUEST = CertificateRequest.create(KEY).der();
    private static final byte[] CERTIFICATE = OrganizationCa.create("hospital-a", new TestClock())
            .ca()
            .enroll(Enrollment.of("x", Role.PEER, Set.of("gateway"), Duration.ofDays(1)))
            .chain()
            .endEntity()
            .der();

    @Property
    void any_payload_is_signed_and_comes_back(@ForAll @Size(max = 300) byte[] payload) {
        CompactJws read = CompactJws.parse(CompactJws.sign(payload, KID, KEY).compact(), 1_000);

        assertThat(read.payload()).isEqualTo(payload);
        assertThat(read.verify(KEY.publicKey())).isTrue();
    }

    @Property
    void base64url_leads_back(@ForAll @Size(max = 100) byte[] bytes) {
        byte[] text = Base64Url.encode(bytes);

        assertThat(Base64Url.decode(text, 0, text.length)).isEqualTo(bytes);
    }

    @Property
    void base64url_accepts_only_what_it_would_write(@ForAll @Size(max = 12) byte[] text) {
        try {
            assertThat(Base64Url.encode(Base64Url.decode(text, 0, text.length))).isEqualTo(text);
        } catch (IllegalArgumentException refused) {
            // the documented answer
        }
    }

    @Property
    void a_damaged_request_is_refused(
            @ForAll @IntRange(max = 200) int from, @ForAll @Size(min = 1, max = 40) byte[] damage) {
        byte[] damaged = damaged(REQUEST, from, damage);
        try {
            assertThat(CertificateRequest.ofDer(damaged).der()).isEqualTo(REQUEST);
        } catch (IllegalArgumentException refused) {
            // the documented answer
        }
    }

    @Property
    void a_damaged_certificate_is_refused_or_has_another_thumbprint(
            @ForAll @IntRange(max = 600) int from, @ForAll @Size(min = 1, max = 40) byte[] damage) {
        byte[] damaged = damaged(CERTIFICATE, from, damage);
        try {
            P256Certificate read = P256Certificate.ofDer(damaged);
            read.role();
            read.organization();
            read.attributes();
            assertThat(read.thumbprint()).isEqualTo(Sha256.of(damaged));
        } catch (IllegalArgumentException refused) {
            // the documented answer
        }
    }

    private static byte[] damaged(byte[] whole, int from, byte[] damage) {
        byte[] damaged = whole.clone();
        int start = Math.min(from, whole.length - 1);
        System.arraycopy(damage, 0, damaged, start, Math.min(damage.length, whole.length - start));
        return damaged;
    }
}
