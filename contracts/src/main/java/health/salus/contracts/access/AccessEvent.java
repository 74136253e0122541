package health.salus.contracts.access;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.contract.Event;

/** Collects the data of an event about a patient; each names {@code patient} and {@code custodian}. */
final class AccessEvent {
    private final String type;
    private final Json.Builder data = JsonObject.builder();

    private AccessEvent(String type) {
        this.type = type;
    }

    static AccessEvent of(String type, Handle patient, String custodian) {
        return new AccessEvent(type).with("patient", patient.value()).with("custodian", custodian);
    }

    static AccessEvent of(String type, Patient patient) {
        return of(type, patient.handle(), patient.custodian());
    }

    AccessEvent with(String name, String value) {
        data.put(name, value);
        return this;
    }

    AccessEvent with(String name, long value) {
        data.put(name, value);
        return this;
    }

    AccessEvent with(String name, Sha256 value) {
        return with(name, value.base64Url());
    }

    Event event() {
        return new Event(type, data.build());
    }
}
