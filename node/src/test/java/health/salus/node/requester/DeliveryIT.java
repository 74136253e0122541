package health.salus.node.requester;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Credential;
import health.salus.identity.Handle;
import health.salus.ledger.contract.StateKey;
import health.salus.node.gateway.TwoOrganizations;
import health.salus.node.requester.OwnEmergencies.Justification;
import health.salus.node.requester.OwnRequests.OwnRequest;
import health.salus.node.smart.TestDatabase;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Credential GATEWAY = TwoOrganizations.stranger();

    private final Map<StateKey, JsonObject> ledger = new HashMap<>();
    private final OwnRequests requests = new OwnRequests(TestDatabase.inMemory());
    private final OwnEmergencies emergencies = new OwnEmergencies(TestDatabase.inMemory(), new SecureRandom());
    private final Handle patient = Handle.random();
    private final Handle grant = Handle.random();
    private final Terms terms = Terms.of(PurposeOfUse.TREAT, Scope.of("Observation"), new SecureRandom());
    private FakeCustodian custodian;

    @BeforeEach
    void start() throws IOException {
        custodian = new FakeCustodian();
        ledger.put(
                new StateKey("records", "location/" + patient),
                JsonObject.builder()
                        .put("custodian", "city")
                        .put("url", custodian.fhirBase() + "/Patient/" + patient)
                        .build());
        requests.draft(grant, patient, GATEWAY.kid(), terms, NOW);
    }

    @AfterEach
    void stop() {
        custodian.close();
    }

    @Test
    void terms_are_delivered_once_and_not_before_their_request_is_on_the_ledger() {
        Delivery delivery = delivery(Optional.of(GATEWAY));
        assertThat(delivery.deliverWhatWaits()).isFalse();
        assertThat(custodian.asked()).isEmpty();

        onLedger("requested");
        assertThat(delivery.deliverWhatWaits()).isTrue();
        assertThat(custodian.asked()).hasSize(3);
        assertThat(custodian.asked().getLast()).contains(grant.value(), "\"purpose\":\"TREAT\"");
        assertThat(requests.find(grant)).map(OwnRequest::deposited).hasValue(true);

        assertThat(delivery.deliverWhatWaits()).isFalse();
        assertThat(custodian.asked()).hasSize(3);
    }

    @Test
    void the_justification_that_the_ledger_has_a_commitment_to_is_delivered_and_no_other() {
        Handle emergency = Handle.random();
        emergencies.justify(emergency, "a draft");
        Justification signed = emergencies.justify(emergency, "unconscious");
        Delivery delivery = delivery(Optional.of(GATEWAY));
        justifiedOnLedger(emergency, Optional.empty());
        assertThat(delivery.deliverWhatWaits()).isFalse();

        justifiedOnLedger(emergency, Optional.of(signed));
        assertThat(delivery.deliverWhatWaits()).isTrue();
        assertThat(custodian.asked().getLast())
                .startsWith("POST /city/access/justifications")
                .contains(emergency.value(), "unconscious", signed.salt().base64Url());

        assertThat(emergencies.undeposited()).isEmpty();
        assertThat(emergencies.justification(emergency, signed.commitment())).hasValue(signed);
    }

    @Test
    void what_is_refused_holds_up_nothing_else() {
        onLedger("requested");
        Handle emergency = Handle.random();
        justifiedOnLedger(emergency, Optional.of(emergencies.justify(emergency, "unconscious")));
        custodian.answer("/city/access/terms", 409, "");

        assertThat(delivery(Optional.of(GATEWAY)).deliverWhatWaits()).isTrue();

        assertThat(emergencies.undeposited()).isEmpty();
        assertThat(requests.undeposited()).hasSize(1);
    }

    @Test
    void what_a_custodian_does_not_take_is_tried_again() {
        onLedger("requested");
        Delivery delivery = delivery(Optional.of(GATEWAY));
        custodian.answer("/city/access/terms", 404, "");
        assertThat(delivery.deliverWhatWaits()).isFalse();

        custodian.answer("/city/access/terms", 201, "{}");
        assertThat(delivery.deliverWhatWaits()).isTrue();
    }

    @Test
    void terms_of_no_use_stay_and_nothing_is_delivered_without_a_gateway() {
        onLedger("withdrawn");
        assertThat(delivery(Optional.of(GATEWAY)).deliverWhatWaits()).isFalse();
        onLedger("requested");
        assertThat(delivery(Optional.empty()).deliverWhatWaits()).isFalse();
        assertThat(custodian.asked()).isEmpty();
    }

    @Test
    void a_draft_that_was_never_signed_is_forgotten() {
        requests.forgetUnsigned(NOW, id -> false);
        assertThat(requests.find(grant)).as("not yet").isPresent();
        requests.forgetUnsigned(NOW.plusSeconds(1), grant::equals);
        assertThat(requests.find(grant)).as("signed").isPresent();
        requests.forgetUnsigned(NOW.plusSeconds(1), id -> false);
        assertThat(requests.find(grant)).isEmpty();
    }

    @Test
    void requests_come_back_as_they_were_the_newest_first() {
        Handle later = Handle.random();
        requests.draft(later, patient, Sha256.of(new byte[0]), terms, NOW.plusSeconds(1));

        assertThat(requests.newest(10)).extracting(OwnRequest::grant).containsExactly(later, grant);
        assertThat(requests.newest(10))
                .last()
                .isEqualTo(new OwnRequest(grant, patient, GATEWAY.kid(), terms, NOW, false));
        assertThat(requests.newest(1)).hasSize(1);
    }

    private Delivery delivery(Optional<Credential> gateway) {
        InstantSource clock = InstantSource.fixed(NOW);
        RecordLocator locator =
                new RecordLocator(() -> key -> Optional.ofNullable(ledger.get(key)), custodian.http(), clock);
        return new Delivery(
                "clinic",
                requests,
                emergencies,
                () -> key -> Optional.ofNullable(ledger.get(key)),
                locator,
                gateway,
                clock);
    }

    private void onLedger(String status) {
        ledger.put(
                new StateKey("access", "grant/" + grant),
                JsonObject.builder()
                        .put("patient", patient.value())
                        .put("custodian", "city")
                        .put("requester", "clinic")
                        .put("signer", GATEWAY.kid().base64Url())
                        .put("terms", terms.commitment().digest().base64Url())
                        .put("from", NOW.getEpochSecond())
                        .put("until", NOW.plus(Duration.ofDays(1)).getEpochSecond())
                        .put("status", status)
                        .build());
    }

    private void justifiedOnLedger(Handle emergency, Optional<Justification> justification) {
        Json.Builder value = JsonObject.builder()
                .put("patient", patient.value())
                .put("custodian", "city")
                .put("organization", "clinic")
                .put("signer", GATEWAY.kid().base64Url())
                .put("reason", "acute-danger")
                .put("begun", NOW.toEpochMilli())
                .put("until", NOW.plus(Duration.ofHours(1)).getEpochSecond())
                .put("due", NOW.plus(Duration.ofDays(3)).toEpochMilli());
        justification.ifPresent(
                made -> value.put("justification", made.commitment().digest().base64Url()));
        ledger.put(new StateKey("access", "emergency/" + emergency), value.build());
    }
}
