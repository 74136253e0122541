package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CertificateRequestTest {
    private static final P256PrivateKey KEY = P256PrivateKey.generate();
    private static final byte[] DER = CertificateRequest.create(KEY).der();

    // openssl req -new -key key.pem -subj '/CN=x/OU=admin' -outform DER, twice with one key
    private static final String OPENSSL_LOWER =
            "3081d6307e020100301c310a300806035504030c0178310e300c060355040b0c0561646d696e3059301306072a8648ce"
                    + "3d020106082a8648ce3d03010703420004ebbc0891d2f22a3a46e5982c4554eabb1b5224aecb696434174f1168b7752d"
                    + "139dfe0f0a44fe8d773ee94ec58e140ee6d71740d1ea689f8faaf2d7f65f6e735fa000300a06082a8648ce3d04030203"
                    + "48003045022100b642f4aca045a8383db1a077bbe4c47d14399dfadc54e72b5a6e901a2825e16c02200eb16daebcc2d2"
                    + "601371d0a7ef72d7f156494a497f0187cbb048ddbc0178d62f";
    private static final String OPENSSL_HIGHER =
            "3081d7307e020100301c310a300806035504030c0178310e300c060355040b0c0561646d696e3059301306072a8648ce"
                    + "3d020106082a8648ce3d03010703420004ebbc0891d2f22a3a46e5982c4554eabb1b5224aecb696434174f1168b7752d"
                    + "139dfe0f0a44fe8d773ee94ec58e140ee6d71740d1ea689f8faaf2d7f65f6e735fa000300a06082a8648ce3d04030203"
                    + "49003046022100eaf08f19ef3c0d17e66290f678b5405f8253b7bda3c4ad676accb03e973a8df6022100ecc4fab34314"
                    + "19214580578d586d341e326ec6a0ae9e16412d13714ba3f93518";

    @Test
    void a_request_reads_back() {
        CertificateRequest request = CertificateRequest.ofDer(DER);

        assertThat(request.publicKey()).isEqualTo(KEY.publicKey());
        assertThat(request.der()).isEqualTo(DER);
    }

    @Test
    void every_flipped_bit_is_refused() {
        for (int i = 0; i < DER.length; i++) {
            for (int bit = 1; bit < 256; bit <<= 1) {
                byte[] mutated = DER.clone();
                mutated[i] ^= (byte) bit;
                assertRefused(mutated);
            }
        }
    }

    @Test
    void a_request_cut_short_or_followed_by_more_is_refused() {
        for (int length = 0; length < DER.length; length++) {
            assertRefused(Arrays.copyOf(DER, length));
        }
        assertRefused(Arrays.copyOf(DER, DER.length + 1));
        assertRefused(new byte[CertificateRequest.MAX_BYTES + 1]);
    }

    @Test
    void a_request_of_openssl_is_read_whether_its_s_is_lower_or_higher() {
        assertThat(CertificateRequest.ofDer(HexFormat.of().parseHex(OPENSSL_LOWER))
                        .publicKey())
                .isEqualTo(CertificateRequest.ofDer(HexFormat.of().parseHex(OPENSSL_HIGHER))
                        .publicKey());
    }

    private static void assertRefused(byte[] der) {
        assertThatThrownBy(() -> CertificateRequest.ofDer(der)).isInstanceOf(IllegalArgumentException.class);
    }
}
