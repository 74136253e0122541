package health.salus.contracts.access;

import static health.salus.contracts.TestKeys.key;
import static health.salus.contracts.TestKeys.kid;
import static health.salus.contracts.TestKeys.thumbprint;
import static health.salus.contracts.TestNetwork.handle;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.TestNetwork;
import health.salus.contracts.access.AccessAction.AddKey;
import health.salus.contracts.access.AccessAction.Appoint;
import health.salus.contracts.access.AccessAction.Approve;
import health.salus.contracts.access.AccessAction.RegisterPatient;
import health.salus.contracts.access.AccessAction.Request;
import health.salus.contracts.access.AccessAction.RevokeKey;
import health.salus.contracts.network.Attribute;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.Role;
import health.salus.identity.testing.SoftPasskey;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasskeyTest {
    private static final String ORIGIN = "https://clinic.example:8443";
    private static final Handle ANN = handle("ann");
    private static final Handle GRANT = handle("grant");
    private static final TermsCommitment TERMS = new TermsCommitment(kid("terms"));

    private final SoftPasskey passkey = new SoftPasskey(ORIGIN);
    private final Sha256 kid = passkey.publicKey().thumbprint();
    private TestNetwork network;

    @BeforeEach
    void register() {
        network = TestNetwork.founded().certificate("gateway", "clinic", Role.CLIENT, Attribute.GATEWAY);
        network.must(kid("gateway"), new RegisterPatient(ANN, NewKey.passkey(passkey.publicKey(), ORIGIN)));
        network.must(kid("gateway"), new Request(GRANT, ANN, TERMS, network.days(0, 30)));
    }

    @Test
    void approves_for_its_patient() {
        network.must(passkey, new Approve(GRANT, TERMS));

        assertThat(access().grant(GRANT).orElseThrow().status()).isEqualTo(Grant.Status.APPROVED);
        assertThat(access().key(kid).orElseThrow().passkey()).contains(new Passkey(ORIGIN, 1));
    }

    @Test
    void without_its_assertion_its_key_signs_nothing() {
        assertThat(network.call(kid, new Approve(GRANT, TERMS))).isEqualTo("wrong-kind-of-key");
    }

    @Test
    void a_plain_key_makes_no_assertions() {
        SoftPasskey other = new SoftPasskey(ORIGIN);
        network.must(passkey, new AddKey(other.publicKey()));

        assertThat(network.call(other, new Approve(GRANT, TERMS))).isEqualTo("wrong-kind-of-key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://clinic.example",
                "http://clinic.example:8443",
                "https://evil.example:8443",
                "https://clinic.example:8443.evil.example",
                "null"
            })
    void another_page_is_refused(String origin) {
        passkey.origin(origin);

        assertThat(network.call(passkey, new Approve(GRANT, TERMS))).isEqualTo("wrong-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example", "clinic.example:8443", "evil.example"})
    void a_passkey_of_another_domain_is_refused(String domain) {
        passkey.rpId(domain);

        assertThat(network.call(passkey, new Approve(GRANT, TERMS))).isEqualTo("wrong-origin");
    }

    @Test
    void a_counter_that_does_not_go_up_is_refused() {
        passkey.counter(7);
        network.must(passkey, new AddKey(key("more")));
        for (long counter : new long[] {0, 6, 7}) {
            passkey.counter(counter);
            assertThat(network.call(passkey, new Approve(GRANT, TERMS))).isEqualTo("passkey-copied");
        }
        passkey.counter(0xffffffffL);

        network.must(passkey, new Approve(GRANT, TERMS));
        assertThat(access().key(kid).orElseThrow().passkey()).contains(new Passkey(ORIGIN, 0xffffffffL));
    }

    @Test
    void a_passkey_that_does_not_count_may_always_sign() {
        passkey.counter(0);

        network.must(passkey, new AddKey(key("more"))).must(passkey, new Approve(GRANT, TERMS));
    }

    @Test
    void a_rejected_call_does_not_count() {
        passkey.counter(5);
        assertThat(network.call(passkey, new Approve(GRANT, new TermsCommitment(kid("others")))))
                .isEqualTo("terms-mismatch");

        assertThat(access().key(kid).orElseThrow().passkey()).contains(new Passkey(ORIGIN, 0));
    }

    @Test
    void a_revoked_passkey_signs_nothing() {
        SoftPasskey other = new SoftPasskey(ORIGIN);
        network.must(passkey, new AddKey(NewKey.passkey(other.publicKey(), ORIGIN)))
                .must(other, new RevokeKey(kid));

        assertThat(network.call(passkey, new Approve(GRANT, TERMS))).isEqualTo("unknown-key");
        network.must(other, new Approve(GRANT, TERMS));
    }

    @Test
    void a_foreign_passkey_signs_nothing_for_this_patient() {
        SoftPasskey foreign = new SoftPasskey(ORIGIN);
        network.must(kid("gateway"), new RegisterPatient(handle("bob"), NewKey.passkey(foreign.publicKey(), ORIGIN)));

        assertThat(network.call(foreign, new Approve(GRANT, TERMS))).isEqualTo("not-authorized");
    }

    @Test
    void a_substitute_may_have_a_passkey_too() {
        SoftPasskey proxy = new SoftPasskey(ORIGIN);
        network.must(
                passkey, new Appoint(Capacity.PROXY, NewKey.passkey(proxy.publicKey(), ORIGIN), network.days(0, 30)));

        network.must(proxy, new Approve(GRANT, TERMS));
    }

    @Test
    void certificates_make_no_assertions() {
        assertThat(network.call(kid("gateway"), new AddKey(key("more")))).isEqualTo("not-authorized");
        assertThat(access().key(thumbprint("more"))).isEqualTo(Optional.empty());
    }

    private Access access() {
        return new Access(network.state());
    }
}
