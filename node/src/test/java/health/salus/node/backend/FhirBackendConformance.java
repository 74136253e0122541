package health.salus.node.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the gateway relies on, whichever way it reaches its FHIR server. Extended once per implementation. */
abstract class FhirBackendConformance {
    abstract FhirBackend backend();

    /** An id that no other implementation's test uses: they may share a server. */
    private String own(String id) {
        return getClass().getSimpleName() + "-" + id;
    }

    @Test
    void says_what_it_can_do() {
        FhirResponse answer = backend().exchange(FhirRequest.get("metadata"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/fhir+json"));
        assertThat(answer.body().text()).contains("\"CapabilityStatement\"");
    }

    @Test
    void a_created_resource_has_a_location_and_a_version() {
        FhirResponse created = backend().exchange(FhirRequest.json("POST", "Patient", patient("female")));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.headers().first("Location"))
                .hasValueSatisfying(location -> assertThat(location)
                        .startsWith("http://hospital.example:8480/fhir/Patient/")
                        .endsWith("/_history/1"));
        assertThat(created.headers().first("ETag")).hasValue("W/\"1\"");
    }

    @Test
    void a_stale_update_is_refused() {
        backend().exchange(put("stale", "male"));
        FhirResponse second = backend().exchange(put("stale", "other").with("If-Match", "W/\"1\""));
        FhirResponse stale = backend().exchange(put("stale", "unknown").with("If-Match", "W/\"1\""));

        assertThat(second.status()).isEqualTo(200);
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.body().text()).contains("OperationOutcome");
    }

    @Test
    void an_unchanged_resource_is_not_sent_again() {
        backend().exchange(put("cached", "male"));

        FhirResponse again =
                backend().exchange(FhirRequest.get("Patient/" + own("cached")).with("If-None-Match", "W/\"1\""));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body().length()).isZero();
    }

    @Test
    void a_conditional_create_makes_one_resource() {
        Body body = Body.of("""
                {"resourceType":"Patient","identifier":[{"system":"urn:x","value":"%s"}]}""".formatted(own("one")));
        FhirRequest create =
                FhirRequest.json("POST", "Patient", body).with("If-None-Exist", "identifier=urn:x|" + own("one"));

        assertThat(backend().exchange(create).status()).isEqualTo(201);
        assertThat(backend().exchange(create).status()).isEqualTo(200);
    }

    @Test
    void a_search_is_the_same_as_query_and_as_form() {
        backend().exchange(put("found", "other"));

        FhirResponse query = backend().exchange(FhirRequest.get("Patient", "_id=" + own("found") + "&gender=other"));
        FhirResponse form = backend()
                .exchange(new FhirRequest(
                        "POST",
                        "Patient/_search",
                        "",
                        Headers.of("Content-Type", "application/x-www-form-urlencoded"),
                        Body.of("_id=" + own("found") + "&gender=other")));

        assertThat(query.body().text()).contains("\"total\":1").contains("fhir/Patient/" + own("found"));
        assertThat(form.body().text()).contains("\"total\":1").contains("fhir/Patient/" + own("found"));
    }

    @Test
    void a_percent_encoded_parameter_arrives_decoded() {
        Body body = Body.of("""
                {"resourceType":"Patient","name":[{"family":"Ünal & Söhne"}]}""");
        backend().exchange(FhirRequest.json("PUT", "Patient/" + own("umlaut"), body(body, own("umlaut"))));

        FhirResponse answer = backend().exchange(FhirRequest.get("Patient", "family=%C3%9Cnal%20%26%20S%C3%B6hne"));

        assertThat(answer.body().text()).contains("Ünal & Söhne");
    }

    @Test
    void a_json_patch_changes_one_element() {
        backend().exchange(put("patched", "male"));
        FhirRequest patch = new FhirRequest(
                "PATCH",
                "Patient/" + own("patched"),
                "",
                Headers.of("Content-Type", "application/json-patch+json"),
                Body.of("[{\"op\":\"replace\",\"path\":\"/gender\",\"value\":\"female\"}]"));

        assertThat(backend().exchange(patch).status()).isEqualTo(200);
        assertThat(backend()
                        .exchange(FhirRequest.get("Patient/" + own("patched")))
                        .body()
                        .text())
                .contains("\"gender\":\"female\"");
    }

    @Test
    void a_transaction_answers_with_the_version_of_every_entry() {
        Body bundle = Body.of("""
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"resource":{"resourceType":"Patient","id":"%1$s","gender":"male"},
                  "request":{"method":"PUT","url":"Patient/%1$s"}}]}""".formatted(own("tx")));

        FhirResponse answer = backend().exchange(FhirRequest.json("POST", "", bundle));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().text())
                .contains("Patient/" + own("tx") + "/_history/1")
                .contains("201 Created");
    }

    @Test
    void a_deleted_resource_is_gone_and_its_history_is_not() {
        backend().exchange(put("gone", "male"));
        backend().exchange(new FhirRequest("DELETE", "Patient/" + own("gone"), "", Headers.NONE, Body.EMPTY));

        assertThat(backend().exchange(FhirRequest.get("Patient/" + own("gone"))).status())
                .isEqualTo(410);
        assertThat(backend()
                        .exchange(FhirRequest.get("Patient/" + own("gone") + "/_history"))
                        .body()
                        .text())
                .contains("\"total\":2");
    }

    @Test
    void xml_is_answered_where_it_is_asked_for() {
        backend().exchange(put("xml", "male"));

        FhirResponse answer =
                backend().exchange(FhirRequest.get("Patient/" + own("xml")).with("Accept", "application/fhir+xml"));

        assertThat(answer.body().text()).contains("<Patient xmlns=\"http://hl7.org/fhir\">");
    }

    @Test
    void an_unknown_resource_is_a_404_with_an_operation_outcome() {
        FhirResponse answer = backend().exchange(FhirRequest.get("Patient/nobody"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().text()).contains("\"OperationOutcome\"");
    }

    private FhirRequest put(String id, String gender) {
        return FhirRequest.json("PUT", "Patient/" + own(id), body(patient(gender), own(id)));
    }

    private static Body patient(String gender) {
        return Body.of("{\"resourceType\":\"Patient\",\"gender\":\"" + gender + "\"}");
    }

    private static Body body(Body withoutId, String id) {
        return Body.of(withoutId.text().replace("\"Patient\",", "\"Patient\",\"id\":\"" + id + "\","));
    }
}
