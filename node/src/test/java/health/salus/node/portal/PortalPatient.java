package health.salus.node.portal;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.fhir.FhirJson;
import health.salus.node.gateway.TestClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Patients of the hospital who come to its portal. */
public final class PortalPatient {
    private PortalPatient() {}

    /** Stores a Patient with some records. @return its id */
    public static String store(TestClient staff) {
        HttpResponse<String> created =
                staff.post("/fhir/Patient", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Schmidt\"}]}");
        assertThat(created.statusCode()).isEqualTo(201);
        String id = TestClient.json(created).path("id").asText();
        for (int day = 10; day < 13; day++) {
            store(staff, """
                    {"resourceType":"Observation","status":"final","subject":{"reference":"Patient/%s"},\
                    "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",\
                    "code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2339-0",\
                    "display":"Glucose"}],"text":"Glucose"},"effectiveDateTime":"2026-03-%d",\
                    "valueQuantity":{"value":5.%d,"unit":"mmol/l"},\
                    "referenceRange":[{"low":{"value":3.9,"unit":"mmol/l"},"high":{"value":5.6,"unit":"mmol/l"}}]}\
                    """.formatted(id, day, day - 8));
        }
        store(staff, """
                {"resourceType":"Condition","code":{"text":"Migraine"},"recordedDate":"2026-02-01",\
                "subject":{"reference":"Patient/%s"}}""".formatted(id));
        store(staff, """
                {"resourceType":"AllergyIntolerance","code":{"text":"Penicillin"},"recordedDate":"2025-01-01",\
                "clinicalStatus":{"coding":[{"code":"active","system":\
                "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"}]},"patient":{"reference":"Patient/%s"}}""".formatted(id));
        return id;
    }

    /** Stores that many more observations, a third of them with the same date. */
    static void storeMany(TestClient staff, String patient, int count) {
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i < count; i++) {
            entries.append(i == 0 ? "" : ",").append("""
                    {"resource":{"resourceType":"Observation","status":"final","subject":{"reference":"Patient/%s"},\
                    "code":{"text":"Heart rate"},"effectiveDateTime":"2024-%02d-%02d",\
                    "valueQuantity":{"value":%d,"unit":"/min"}},"request":{"method":"POST","url":"Observation"}}\
                    """.formatted(
                            patient, i % 3 == 0 ? 6 : 1 + i % 12, i % 3 == 0 ? 1 : 1 + i % 28, 60 + i % 30));
        }
        HttpResponse<String> stored = staff.post(
                "/fhir", "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + entries + "]}");
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    }

    private static void store(TestClient staff, String resource) {
        String type = FhirJson.resource(resource.getBytes(StandardCharsets.UTF_8))
                .path("resourceType")
                .asText();
        assertThat(staff.post("/fhir/" + type, resource).statusCode()).isEqualTo(201);
    }

    /** The link of an invitation. */
    public static String invite(TestClient registrar, String patient) {
        HttpResponse<String> invited = registrar.send(
                "POST",
                "/patients/invitations",
                "{\"patient\":\"" + patient + "\"}",
                "Content-Type",
                "application/json");
        assertThat(invited.statusCode()).as(invited.body()).isEqualTo(201);
        return TestClient.json(invited).path("link").asText();
    }
}
