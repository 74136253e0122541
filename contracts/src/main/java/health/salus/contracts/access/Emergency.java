package health.salus.contracts.access;

import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.contract.StateKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A record opened without the patient's leave.
 *
 * @param id chosen by the signer
 * @param patient whose record
 * @param custodian who keeps it
 * @param organization whose certificate opened it
 * @param signer that certificate; no other may use the access
 * @param reason why
 * @param begun time of its block
 * @param until end of the access, exclusive, whole seconds
 * @param justifyBy when the justification is due
 * @param justification salted commitment to the justification, once there is one
 * @param finding what the custodian thinks of it, once reviewed
 */
public record Emergency(
        Handle id,
        Handle patient,
        String custodian,
        String organization,
        Sha256 signer,
        EmergencyReason reason,
        Instant begun,
        Instant until,
        Instant justifyBy,
        Optional<JustificationCommitment> justification,
        Optional<Finding> finding) {
    static final Codes<EmergencyReason> REASONS = Codes.of(EmergencyReason.class);
    static final Codes<Finding> FINDINGS = Codes.of(Finding.class);

    /** Whether the access lasts at {@code time}. */
    public boolean lasts(Instant time) {
        return time.isBefore(until) && !finding.equals(Optional.of(Finding.OBJECTED));
    }

    Emergency justified(JustificationCommitment commitment) {
        return new Emergency(
                id,
                patient,
                custodian,
                organization,
                signer,
                reason,
                begun,
                until,
                justifyBy,
                Optional.of(commitment),
                finding);
    }

    Emergency reviewed(Finding opinion) {
        return new Emergency(
                id,
                patient,
                custodian,
                organization,
                signer,
                reason,
                begun,
                until,
                justifyBy,
                justification,
                Optional.of(opinion));
    }

    static StateKey key(Handle id) {
        return new StateKey(AccessContract.NAME, "emergency/" + id);
    }

    static Emergency read(Handle id, JsonObject value) {
        Fields fields = new Fields(value);
        return new Emergency(
                id,
                fields.handle("patient"),
                fields.text("custodian"),
                fields.text("organization"),
                fields.digest("signer"),
                REASONS.constant(fields.text("reason")),
                fields.millis("begun"),
                fields.seconds("until"),
                fields.millis("due"),
                fields.optional("justification", fields::digest).map(JustificationCommitment::new),
                fields.optional("finding", fields::text).map(FINDINGS::constant));
    }

    JsonObject write() {
        Json.Builder object = JsonObject.builder()
                .put("patient", patient.value())
                .put("custodian", custodian)
                .put("organization", organization)
                .put("signer", signer.base64Url())
                .put("reason", Codes.code(reason))
                .put("begun", begun.toEpochMilli())
                .put("until", until.getEpochSecond())
                .put("due", justifyBy.toEpochMilli());
        justification.ifPresent(
                commitment -> object.put("justification", commitment.digest().base64Url()));
        finding.ifPresent(opinion -> object.put("finding", Codes.code(opinion)));
        return object.build();
    }
}
