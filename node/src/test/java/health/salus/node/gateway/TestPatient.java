package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import health.salus.contracts.rule.Period;
import health.salus.fhir.FhirJson;
import health.salus.identity.Handle;
import health.salus.identity.P256PrivateKey;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A patient of the hospital with a laboratory result, vital signs, a restricted result and a condition. */
public record TestPatient(
        TwoOrganizations network,
        String id,
        String handle,
        TestClient client,
        String laboratory,
        String vitalSigns,
        String restricted,
        String condition) {
    private static final SecureRandom RANDOM = new SecureRandom();

    public static TestPatient create(TwoOrganizations network, TestClient staff) {
        return create(network, staff, network.city(network.cityRegistrar, "system/*.cruds"));
    }

    public static TestPatient create(TwoOrganizations network, TestClient staff, TestClient registrar) {
        HttpResponse<String> written = staff.post("/fhir", """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"fullUrl":"urn:uuid:5e9cb5f6-0d2d-4a75-b8a5-7c1b3f7a9d01","resource":{"resourceType":"Patient",\
                "gender":"female"},"request":{"method":"POST","url":"Patient"}},
                 %s,%s,%s,
                 {"resource":{"resourceType":"Condition","code":{"text":"migraine"},"subject":{"reference":\
                "urn:uuid:5e9cb5f6-0d2d-4a75-b8a5-7c1b3f7a9d01"}},"request":{"method":"POST","url":"Condition"}}]}""".formatted(
                        observation("laboratory", "glucose", ""),
                        observation("vital-signs", "pulse", ""),
                        observation(
                                "laboratory",
                                "hiv",
                                "\"meta\":{\"security\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-Confidentiality\","
                                        + "\"code\":\"R\"}]},")));
        assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
        List<String> made = TestClient.json(written)
                .path("entry")
                .valueStream()
                .map(entry -> entry.path("response").path("location").asText())
                .map(location -> location.replaceAll(".*?([A-Z][A-Za-z]+/[^/]+)/_history.*", "$1"))
                .toList();
        String id = made.getFirst().substring("Patient/".length());
        P256PrivateKey key = P256PrivateKey.generate();
        HttpResponse<String> registered = registrar.send(
                "POST",
                "/patients",
                "{\"patient\":\"" + id + "\",\"key\":\"" + key.publicKey().base64Url() + "\"}",
                "Content-Type",
                "application/json");
        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
        return new TestPatient(
                network,
                id,
                TestClient.json(registered).path("handle").asText(),
                TestClient.of(network.address + "/city", key),
                made.get(1),
                made.get(2),
                made.get(3),
                made.get(4));
    }

    private static String observation(String category, String text, String meta) {
        return """
                {"resource":{"resourceType":"Observation",%s"status":"final","category":[{"coding":[{"system":\
                "http://terminology.hl7.org/CodeSystem/observation-category","code":"%s"}]}],"code":{"text":"%s"},\
                "subject":{"reference":"urn:uuid:5e9cb5f6-0d2d-4a75-b8a5-7c1b3f7a9d01"},"valueQuantity":\
                {"value":2.00,"unit":"mmol/l"}},"request":{"method":"POST","url":"Observation"}}""".formatted(meta, category, text);
    }

    public static String id(String resource) {
        return FhirJson.resource(resource.getBytes(StandardCharsets.UTF_8))
                .path("id")
                .asText();
    }

    /** Has the clinic ask and the patient approve. */
    public Handle grantTo(TestClient requester, Scope scope) throws Exception {
        Terms terms = Terms.of(PurposeOfUse.TREAT, scope, RANDOM);
        Handle grant = ask(network, requester, new Handle(handle), terms);
        network.submit(new AccessAction.Approve(grant, terms.commitment()), client.kid(), client.key());
        return grant;
    }

    /** Asks for access for an hour, and deposits the terms. */
    public static Handle ask(TwoOrganizations network, TestClient requester, Handle patient, Terms terms)
            throws Exception {
        Handle grant = Handle.random();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        network.submit(
                new AccessAction.Request(
                        grant, patient, terms.commitment(), new Period(now, now.plus(Duration.ofHours(1)))),
                requester.kid(),
                requester.key());
        HttpResponse<String> deposited = requester.send(
                "POST",
                "/access/terms",
                "{\"grant\":\"" + grant + "\",\"terms\":" + new String(terms.canonical(), StandardCharsets.UTF_8) + "}",
                "Content-Type",
                "application/json");
        assertThat(deposited.statusCode()).as(deposited.body()).isEqualTo(201);
        return grant;
    }
}
