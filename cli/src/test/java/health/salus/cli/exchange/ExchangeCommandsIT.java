package health.salus.cli.exchange;

import static health.salus.cli.CliRun.salus;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import health.salus.cli.CliRun;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonReader;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.PatientKey;
import health.salus.tlog.note.NoteSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeCommandsIT {
    private static final String HANDLE = "00112233445566778899aabbccddeeff";
    private static final String EVENTS = "/hospital/fhir/AuditEvent?patient=" + HANDLE;

    @TempDir
    Path dir;

    private final PatientKey patient = PatientKey.generate();
    private FakeGateway gateway;
    private Path password;

    @BeforeEach
    void a_gateway_and_a_key() throws Exception {
        gateway = new FakeGateway();
        password = Files.writeString(dir.resolve("password"), "correct horse\n");
        KeyStoreFile.create(dir.resolve("keys.p12"), KeyStorePassword.ofFile(password))
                .put(patient);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void who_asks_is_proven_by_a_signed_assertion_for_this_token_endpoint() throws Exception {
        gateway.answer(EVENTS, 200, "{\"resourceType\":\"Bundle\"}");

        run("disclosures", "--patient", HANDLE).succeeded();

        String form = gateway.received("/hospital/token");
        SignedJWT assertion = SignedJWT.parse(form.substring(form.indexOf("client_assertion=") + 17));
        assertThat(form).contains("grant_type=client_credentials", "scope=patient%2F*.rs");
        assertThat(assertion.verify(new ECDSAVerifier(patient.key().publicKey().key())))
                .isTrue();
        assertThat(assertion.getJWTClaimsSet().getIssuer())
                .isEqualTo(patient.kid().base64Url());
        assertThat(assertion.getJWTClaimsSet().getAudience()).containsExactly(gateway.tokenUrl());
    }

    @Test
    void disclosures_of_all_pages_are_listed_a_line_each() {
        gateway.answer(EVENTS, 200, """
                        {"resourceType":"Bundle","link":[{"relation":"next","url":"%s/AuditEvent?page=2"}],
                         "entry":[{"resource":%s}]}""".formatted(gateway.base(), event("2026-11-02T10:00:00Z", "answered")))
                .answer("/hospital/fhir/AuditEvent?page=2", 200, """
                        {"resourceType":"Bundle","entry":[{"resource":%s}]}""".formatted(
                                event("2026-11-01T10:00:00Z", "refused")));

        CliRun listed = run("disclosures", "--patient", HANDLE).succeeded();

        assertThat(listed.out())
                .isEqualToNormalizingNewlines(
                        "2026-11-02T10:00:00Z  clinic  answered  TREAT  Observation/7/_history/1\n"
                                + "2026-11-01T10:00:00Z  clinic  refused  TREAT  Observation/7/_history/1\n");
    }

    @Test
    void a_refusal_is_one_line_with_what_the_gateway_says() {
        gateway.answer(EVENTS, 403, "{\"issue\":[{\"diagnostics\":\"grant-revoked\"}]}");

        CliRun refused = run("disclosures", "--patient", HANDLE);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("salus: /hospital/fhir/AuditEvent answered 403: grant-revoked\n");
    }

    @Test
    void a_gateway_in_trouble_is_unavailable() {
        gateway.answer(EVENTS, 503, "");

        assertThat(run("disclosures", "--patient", HANDLE).exitCode()).isEqualTo(3);
    }

    @Test
    void an_access_token_goes_to_no_other_host() {
        CliRun fetched =
                run("fetch", "http://localhost:1/Observation/7", "--out", dir.resolve("record"), "--log-key", logKey());

        assertThat(fetched.exitCode()).isEqualTo(2);
        assertThat(fetched.err()).hasLineCount(1).contains("not at the gateway");
    }

    @Test
    void a_file_that_is_no_resource_is_not_stored() throws Exception {
        Path file = Files.writeString(dir.resolve("file.json"), "{\"resourceType\":\"../x\"}");

        CliRun stored = run("store", file, "--log-key", logKey());

        assertThat(stored.exitCode()).isEqualTo(2);
        assertThat(stored.err()).hasLineCount(1).contains("file.json");
    }

    @Test
    void a_record_without_a_receipt_is_not_verified() throws Exception {
        gateway.answer("/hospital/fhir/Observation/7", 200, """
                {"resourceType":"Observation","id":"7","meta":{"versionId":"1"}}""");
        Path out = dir.resolve("record.json");

        CliRun fetched = run("fetch", "Observation/7", "--out", out, "--log-key", logKey(), "--json");

        assertThat(fetched.exitCode()).isEqualTo(1);
        assertThat(fetched.json().members()).containsEntry("verified", new JsonInteger(0));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
    }

    @Test
    void terms_are_handed_over_as_they_are_in_the_file() throws Exception {
        Terms terms = Terms.of(PurposeOfUse.TREAT, Scope.of("Observation"), new SecureRandom());
        Path file = Files.write(dir.resolve("terms.json"), terms.canonical());
        gateway.answer("/hospital/access/terms", 201, "{\"grant\":\"" + HANDLE + "\"}");

        run("terms", "deposit", "--grant", HANDLE, "--terms", file).succeeded();

        JsonObject received =
                JsonReader.object(gateway.received("/hospital/access/terms").getBytes(StandardCharsets.UTF_8));
        assertThat(received.members()).containsEntry("terms", JsonReader.object(terms.canonical()));
    }

    @Test
    void the_terms_of_what_was_asked_can_be_saved_for_approving_them() throws Exception {
        Terms terms = Terms.of(PurposeOfUse.TREAT, Scope.of("Observation"), new SecureRandom());
        gateway.answer("/hospital/access/requests", 200, """
                {"requests":[{"grant":"%s","requester":"clinic","status":"requested","from":"2026-11-01T00:00:00Z",
                              "until":"2027-11-01T00:00:00Z","terms":%s}]}""".formatted(
                        HANDLE, new String(terms.canonical(), StandardCharsets.UTF_8)));

        CliRun listed = run("grants", "--save", dir.resolve("saved")).succeeded();

        assertThat(listed.out()).contains("grant " + HANDLE + ": requested, clinic", "purpose of use: TREAT");
        assertThat(dir.resolve("saved/" + HANDLE + ".json")).hasBinaryContent(terms.canonical());
    }

    @Test
    void registering_a_patient_gives_the_handle() {
        gateway.answer("/hospital/patients", 201, "{\"handle\":\"" + HANDLE + "\",\"patient\":\"p1\",\"url\":\"u\"}");

        CliRun registered = run(
                        "patient",
                        "register",
                        "--patient",
                        "p1",
                        "--public-key",
                        patient.key().publicKey().base64Url(),
                        "--json")
                .succeeded();

        assertThat(registered.text("patient")).isEqualTo(HANDLE);
        assertThat(gateway.received("/hospital/patients"))
                .contains(patient.key().publicKey().base64Url());
    }

    private static String event(String time, String outcome) {
        return """
                {"resourceType":"AuditEvent","recorded":"%s","outcomeDesc":"%s",
                 "purposeOfEvent":[{"coding":[{"code":"TREAT"}]}],
                 "agent":[{"who":{"identifier":{"system":"https://salus.health/id/organization","value":"clinic"}},
                           "requestor":true}],
                 "entity":[{"what":{"reference":"Observation/7/_history/1"}}]}""".formatted(time, outcome);
    }

    private static String logKey() {
        return NoteSigner.generate("salus/test", new SecureRandom()).verifier().vkey();
    }

    private CliRun run(Object... command) {
        List<Object> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--gateway", gateway.base(), "--keystore", dir.resolve("keys.p12")));
        arguments.addAll(List.of("--password-file", password));
        return salus(arguments.toArray());
    }
}
