package health.salus.node.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortalOriginTest {
    @ParameterizedTest
    @CsvSource({
        "https://salus.hospital.example, https://salus.hospital.example, salus.hospital.example",
        "https://salus.hospital.example:443, https://salus.hospital.example, salus.hospital.example",
        "https://hospital.example:8443/salus, https://hospital.example:8443, hospital.example",
        "http://127.0.0.1:8480, http://localhost:8480, localhost",
        "http://[::1]:80, http://localhost, localhost"
    })
    void it_is_what_browsers_say_of_pages_at_an_address(URI address, String origin, String relyingParty) {
        PortalOrigin found = PortalOrigin.of(address);

        assertThat(found.value()).isEqualTo(origin);
        assertThat(found.relyingParty()).isEqualTo(relyingParty);
    }
}
