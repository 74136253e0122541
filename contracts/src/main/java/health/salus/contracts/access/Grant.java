package health.salus.contracts.access;

import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Fields;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.contract.StateKey;

/**
 * What one organization asked of one patient, and what became of it.
 *
 * @param id chosen by the requester
 * @param patient whose records
 * @param custodian who keeps them
 * @param requester organization that asks
 * @param signer certificate that asked
 * @param terms what for and how much of it, as a commitment
 * @param period when it may be used
 * @param status what became of it; {@link Status#APPROVED} says nothing about time
 */
public record Grant(
        Handle id,
        Handle patient,
        String custodian,
        String requester,
        Sha256 signer,
        TermsCommitment terms,
        Period period,
        Status status) {
    /** What became of a request. */
    public enum Status {
        /** Waiting for the patient. */
        REQUESTED,
        /** Allowed by the patient or a substitute. */
        APPROVED,
        /** Refused by the patient or a substitute. */
        DENIED,
        /** Taken back by the patient or a substitute. */
        REVOKED,
        /** Given up by the requester. */
        WITHDRAWN,
        /** Noted to be over. */
        EXPIRED
    }

    private static final Codes<Status> STATUSES = Codes.of(Status.class);

    Grant with(Status status) {
        return new Grant(id, patient, custodian, requester, signer, terms, period, status);
    }

    static StateKey key(Handle id) {
        return new StateKey(AccessContract.NAME, "grant/" + id);
    }

    static Grant read(Handle id, JsonObject value) {
        Fields fields = new Fields(value);
        return new Grant(
                id,
                fields.handle("patient"),
                fields.text("custodian"),
                fields.text("requester"),
                fields.digest("signer"),
                new TermsCommitment(fields.digest("terms")),
                Period.read(fields),
                STATUSES.constant(fields.text("status")));
    }

    JsonObject write() {
        return period.write(JsonObject.builder()
                        .put("patient", patient.value())
                        .put("custodian", custodian)
                        .put("requester", requester)
                        .put("signer", signer.base64Url())
                        .put("terms", terms.digest().base64Url())
                        .put("status", Codes.code(status)))
                .build();
    }
}
