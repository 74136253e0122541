package health.salus.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.contracts.NetworkRules;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Candidate;
import health.salus.contracts.network.NetworkAction;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkGenesis;
import health.salus.contracts.network.RevocationReason;
import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.Credential;
import health.salus.identity.Enrollment;
import health.salus.identity.Handle;
import health.salus.identity.OrganizationCa;
import health.salus.identity.P256Certificate;
import health.salus.identity.Role;
import health.salus.ledger.Ledger;
import health.salus.ledger.LedgerOptions;
import health.salus.ledger.Submission;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.tlog.note.NoteSigner;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberTrustIT {
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    private Path dir;

    private final OrganizationCa hospital =
            OrganizationCa.create("hospital", InstantSource.system()).ca();
    private final OrganizationCa stranger =
            OrganizationCa.create("hospital", InstantSource.system()).ca();
    private Ledger ledger;
    private MemberTrust trust;

    @BeforeEach
    void begin() {
        byte[] logKey =
                NoteSigner.generate("any", new SecureRandom()).verifier().publicKey();
        Candidate founder = new Candidate(
                "hospital",
                hospital.enrollmentCa().key().publicKey(),
                "https://hospital.example/fhir",
                Base64.getUrlEncoder().withoutPadding().encodeToString(logKey));
        Genesis genesis = Genesis.of(NetworkGenesis.write(
                        JsonObject.builder()
                                .put("name", "test")
                                .put("salt", Handle.random().value()),
                        List.of(founder),
                        NetworkRules.latest())
                .build());
        ledger = Ledger.create(
                dir.resolve("ledger"),
                genesis,
                NoteSigner.generate(genesis.origin(), new SecureRandom()),
                NetworkRules.rules(),
                LedgerOptions.DEFAULT);
        trust = new MemberTrust(() -> Optional.of(ledger.state()));
    }

    @AfterEach
    void end() {
        ledger.close();
    }

    @Test
    void a_node_of_an_active_member_is_trusted_also_before_the_ledger_knows_its_certificate() {
        Credential node = node(hospital, Role.PEER, YEAR);

        assertThatCode(() -> trust.checkClientTrusted(chain(node), "EC")).doesNotThrowAnyException();
        assertThatCode(() -> trust.checkServerTrusted(chain(node), "EC")).doesNotThrowAnyException();
    }

    @Test
    void staff_and_devices_are_no_nodes() {
        assertRefused(node(hospital, Role.CLIENT, YEAR));
        assertRefused(node(hospital, Role.ADMIN, YEAR));
    }

    @Test
    void somebody_elses_certificate_that_says_it_is_the_hospitals_is_refused() {
        assertRefused(node(stranger, Role.PEER, YEAR));
    }

    @Test
    void an_expired_certificate_is_refused_and_its_successor_trusted() {
        Instant lastMonth = Instant.now().minus(Duration.ofDays(30));
        OrganizationCa earlier = OrganizationCa.of(hospital.enrollmentCa(), InstantSource.fixed(lastMonth));
        assertRefused(node(earlier, Role.PEER, Duration.ofDays(1)));
        Credential successor = node(hospital, Role.PEER, YEAR);
        assertThatCode(() -> trust.checkClientTrusted(chain(successor), "EC")).doesNotThrowAnyException();
    }

    @Test
    void a_revocation_counts_from_its_block_on() {
        Credential node = node(hospital, Role.PEER, YEAR);
        P256Certificate certificate = node.chain().endEntity();
        submit(new EnrollCertificate(
                certificate.thumbprint(),
                certificate.publicKey(),
                Role.PEER,
                Set.of(Attribute.GATEWAY),
                new Period(certificate.notBefore(), certificate.notAfter())));
        assertThatCode(() -> trust.checkClientTrusted(chain(node), "EC")).doesNotThrowAnyException();

        submit(new NetworkAction.RevokeCertificate(certificate.thumbprint(), RevocationReason.KEY_COMPROMISE));

        assertRefused(node);
    }

    @Test
    void nobody_is_trusted_before_the_ledger_is_open() {
        MemberTrust early = new MemberTrust(Optional::empty);
        assertThatThrownBy(() -> early.checkClientTrusted(chain(node(hospital, Role.PEER, YEAR)), "EC"))
                .isInstanceOf(CertificateException.class);
    }

    private void assertRefused(Credential node) {
        assertThatThrownBy(() -> trust.checkClientTrusted(chain(node), "EC")).isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> trust.checkServerTrusted(chain(node), "EC")).isInstanceOf(CertificateException.class);
    }

    private void submit(Action action) {
        TransactionBody body = TransactionBody.of(
                ledger.network(),
                action.contract(),
                action.action(),
                action.arguments(),
                Instant.now().plus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.SECONDS));
        Credential authority = hospital.enrollmentCa();
        Submission submission = ledger.submit(
                        body.sign(authority.key().publicKey().thumbprint(), authority.key())
                                .jws())
                .join();
        assertThat(submission)
                .isInstanceOfSatisfying(
                        Submission.Committed.class,
                        committed -> assertThat(committed.isAccepted())
                                .as(submission.toString())
                                .isTrue());
    }

    private static Credential node(OrganizationCa ca, Role role, Duration validity) {
        return ca.enroll(Enrollment.of("hospital node", role, Set.of(), validity));
    }

    private static X509Certificate[] chain(Credential node) {
        return new NodeKeys(node).getCertificateChain("node");
    }
}
