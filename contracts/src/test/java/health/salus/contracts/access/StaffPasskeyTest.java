package health.salus.contracts.access;

import static health.salus.contracts.TestKeys.key;
import static health.salus.contracts.TestKeys.kid;
import static health.salus.contracts.TestKeys.thumbprint;
import static health.salus.contracts.TestNetwork.handle;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.TestNetwork;
import health.salus.contracts.access.AccessAction.AddKey;
import health.salus.contracts.access.AccessAction.BindPasskey;
import health.salus.contracts.access.AccessAction.BreakGlass;
import health.salus.contracts.access.AccessAction.Justify;
import health.salus.contracts.access.AccessAction.RegisterPatient;
import health.salus.contracts.access.AccessAction.Request;
import health.salus.contracts.access.AccessAction.UnbindPasskey;
import health.salus.contracts.access.AccessAction.Withdraw;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.NetworkAction.RevokeCertificate;
import health.salus.contracts.network.RevocationReason;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.Role;
import health.salus.identity.testing.SoftPasskey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StaffPasskeyTest {
    private static final String ORIGIN = "https://clinic.example";
    private static final Handle ANN = handle("ann");
    private static final Handle GRANT = handle("grant");
    private static final Handle EMERGENCY = handle("emergency");
    private static final TermsCommitment TERMS = new TermsCommitment(kid("terms"));

    private final SoftPasskey passkey = new SoftPasskey(ORIGIN);
    private final Sha256 kid = passkey.publicKey().thumbprint();
    private TestNetwork network;

    @BeforeEach
    void bind() {
        network = TestNetwork.founded()
                .certificate("gateway", "clinic", Role.CLIENT, Attribute.GATEWAY)
                .certificate("doctor", "clinic", Role.CLIENT, Attribute.CLINICIAN)
                .certificate("admin", "clinic", Role.ADMIN)
                .certificate("nurse", "clinic", Role.CLIENT, Attribute.NURSE)
                .must(kid("gateway"), new RegisterPatient(ANN, key("ann")))
                .must(kid("doctor"), new BindPasskey(passkey.publicKey(), ORIGIN));
    }

    @Test
    void asks_as_its_certificate_does() {
        network.must(passkey, request());

        Grant grant = access().grant(GRANT).orElseThrow();
        assertThat(grant.requester()).isEqualTo("clinic");
        assertThat(grant.signer()).isEqualTo(kid("doctor"));
        network.must(passkey, new Withdraw(GRANT));
        assertThat(access().staffPasskey(kid).orElseThrow().passkey()).isEqualTo(new Passkey(ORIGIN, 2));
    }

    @Test
    void opens_and_justifies_an_emergency_as_its_certificate_does() {
        network.must(
                passkey,
                new BreakGlass(
                        EMERGENCY,
                        ANN,
                        EmergencyReason.ACUTE_DANGER,
                        network.days(0, 1).until()));
        assertThat(access().emergency(EMERGENCY).orElseThrow().signer()).isEqualTo(kid("doctor"));

        Justify justify = new Justify(EMERGENCY, new JustificationCommitment(kid("why")));
        assertThat(network.call(kid("nurse"), justify)).isEqualTo("not-authorized");
        network.must(passkey, justify);
    }

    @Test
    void has_the_attributes_of_its_certificate_and_no_others() {
        SoftPasskey nurses = new SoftPasskey(ORIGIN);
        network.must(kid("nurse"), new BindPasskey(nurses.publicKey(), ORIGIN));

        assertThat(network.call(
                        nurses,
                        new BreakGlass(
                                EMERGENCY,
                                ANN,
                                EmergencyReason.ACUTE_DANGER,
                                network.days(0, 1).until())))
                .isEqualTo("not-authorized");
    }

    @Test
    void acts_for_no_patient() {
        assertThat(network.call(passkey, new AddKey(key("more")))).isEqualTo("not-authorized");
    }

    @Test
    void another_page_or_a_copy_is_refused() {
        passkey.origin("https://evil.example");
        assertThat(network.call(passkey, request())).isEqualTo("wrong-origin");
        passkey.origin(ORIGIN);
        passkey.rpId("evil.example");
        assertThat(network.call(passkey, request())).isEqualTo("wrong-origin");
        passkey.rpId("clinic.example");
        passkey.counter(5);
        network.must(passkey, request());
        passkey.counter(5);
        assertThat(network.call(passkey, new Withdraw(GRANT))).isEqualTo("passkey-copied");
    }

    @Test
    void without_its_assertion_its_key_signs_nothing() {
        assertThat(network.call(kid, request())).isEqualTo("wrong-kind-of-key");
    }

    @Test
    void is_as_good_as_its_certificate() {
        network.must(kid("admin"), new RevokeCertificate(kid("doctor"), RevocationReason.SUPERSEDED));

        assertThat(network.call(passkey, request())).isEqualTo("unknown-key");
    }

    @Test
    void a_passkey_binds_no_other() {
        assertThat(network.call(passkey, new BindPasskey(key("other"), ORIGIN))).isEqualTo("not-authorized");
        assertThat(network.call(thumbprint("ann"), new BindPasskey(key("other"), ORIGIN)))
                .isEqualTo("not-authorized");
    }

    @Test
    void a_key_is_somebodys_once() {
        assertThat(network.call(kid("nurse"), new BindPasskey(passkey.publicKey(), ORIGIN)))
                .isEqualTo("key-in-use");
        assertThat(network.call(kid("nurse"), new BindPasskey(key("ann"), ORIGIN)))
                .isEqualTo("key-in-use");
        assertThat(network.call(kid("gateway"), new RegisterPatient(handle("bob"), passkey.publicKey())))
                .isEqualTo("key-in-use");
    }

    @Test
    void certificates_have_a_few_at_most() {
        for (int i = 1; i < StaffPasskey.MOST; i++) {
            network.must(kid("doctor"), new BindPasskey(key("more" + i), ORIGIN));
        }
        assertThat(access().staffPasskeys(kid("doctor"))).hasSize(StaffPasskey.MOST);

        assertThat(network.call(kid("doctor"), new BindPasskey(key("another"), ORIGIN)))
                .isEqualTo("too-many-keys");
        network.must(passkey, new UnbindPasskey(thumbprint("more1")))
                .must(kid("doctor"), new BindPasskey(key("another"), ORIGIN));
    }

    @Test
    void unbound_it_signs_nothing_ever_again() {
        assertThat(network.call(kid("nurse"), new UnbindPasskey(kid))).isEqualTo("not-authorized");
        network.must(kid("admin"), new UnbindPasskey(kid));

        assertThat(network.call(passkey, request())).isEqualTo("unknown-key");
        assertThat(network.call(kid("doctor"), new UnbindPasskey(kid))).isEqualTo("unknown-key");
        assertThat(network.call(kid("doctor"), new BindPasskey(passkey.publicKey(), ORIGIN)))
                .isEqualTo("key-in-use");
        assertThat(access().staffPasskeys(kid("doctor"))).isEmpty();
    }

    private Request request() {
        return new Request(GRANT, ANN, TERMS, network.days(0, 30));
    }

    private Access access() {
        return new Access(network.state());
    }
}
