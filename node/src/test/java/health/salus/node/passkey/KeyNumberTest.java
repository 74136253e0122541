package health.salus.node.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class KeyNumberTest {
    @Test
    void a_number_has_twenty_digits_in_groups_of_five() {
        assertThat(KeyNumber.of(thumbprint("7"))).isEqualTo("00000 00000 00000 00007");
        assertThat(KeyNumber.of(thumbprint("12345678901234567890"))).isEqualTo("12345 67890 12345 67890");
    }

    @Test
    void of_a_thumbprint_the_last_digits_count() {
        assertThat(KeyNumber.of(thumbprint("912345678901234567890"))).isEqualTo("12345 67890 12345 67890");
    }

    private static Sha256 thumbprint(String decimal) {
        byte[] number = new BigInteger(decimal).toByteArray();
        byte[] bytes = new byte[32];
        System.arraycopy(number, 0, bytes, bytes.length - number.length, number.length);
        return Sha256.ofBytes(bytes);
    }
}
