package health.salus.contracts.access;

import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.contract.Arguments;
import java.time.Instant;
import java.util.EnumSet;

/** What a transaction can ask of the contract {@code access}. */
public sealed interface AccessAction extends Action {
    @Override
    default String contract() {
        return AccessContract.NAME;
    }

    @Override
    default String action() {
        return AccessSchema.ACTIONS.nameOf(this);
    }

    /** An action that names a grant and nothing else. */
    sealed interface OfGrant extends AccessAction permits Deny, Expire, Revoke, Withdraw {
        /** Which. */
        Handle grant();

        @Override
        default JsonObject arguments() {
            return JsonObject.builder().put("grant", grant().value()).build();
        }
    }

    /** An action that names a key and nothing else. */
    sealed interface OfKey extends AccessAction permits Dismiss, RevokeKey {
        /** Its id. */
        Sha256 kid();

        @Override
        default JsonObject arguments() {
            return JsonObject.builder().put("kid", kid().base64Url()).build();
        }
    }

    /** Registers a patient under a new handle, with a first key. By a gateway or registrar of the custodian. */
    record RegisterPatient(Handle patient, P256PublicKey key) implements AccessAction {
        static RegisterPatient read(Arguments arguments) {
            return new RegisterPatient(arguments.handle("patient"), arguments.key("key"));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder()
                    .put("patient", patient.value())
                    .put("key", key.base64Url())
                    .build();
        }
    }

    /** Adds a key of the patient. By another key of the patient. */
    record AddKey(P256PublicKey key) implements AccessAction {
        static AddKey read(Arguments arguments) {
            return new AddKey(arguments.key("key"));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder().put("key", key.base64Url()).build();
        }
    }

    /** Ends a key of the patient for ever; not the last. By a key of the patient. */
    record RevokeKey(Sha256 kid) implements OfKey {
        static RevokeKey read(Arguments arguments) {
            return new RevokeKey(arguments.digest("kid"));
        }
    }

    /** Appoints a guardian or proxy for a while. By a key of the patient. */
    record Appoint(Capacity capacity, P256PublicKey key, Period period) implements AccessAction {
        private static final Codes<Capacity> CAPACITIES = Codes.of(Capacity.class);

        static Appoint read(Arguments arguments) {
            return new Appoint(
                    CAPACITIES.constant(
                            arguments.code("capacity", CAPACITIES.only(EnumSet.of(Capacity.GUARDIAN, Capacity.PROXY)))),
                    arguments.key("key"),
                    Period.read(arguments));
        }

        @Override
        public JsonObject arguments() {
            return period.write(JsonObject.builder()
                            .put("capacity", Codes.code(capacity))
                            .put("key", key.base64Url()))
                    .build();
        }
    }

    /**
     * Enters a substitute whom a court appointed, beginning {@link AccessContract#COURT_NOTICE} later at the earliest. By
     * a registrar of the custodian.
     */
    record AppointByCourt(Handle patient, P256PublicKey key, CourtReason reason, Period period)
            implements AccessAction {
        private static final Codes<CourtReason> REASONS = Codes.of(CourtReason.class);

        static AppointByCourt read(Arguments arguments) {
            return new AppointByCourt(
                    arguments.handle("patient"),
                    arguments.key("key"),
                    REASONS.constant(arguments.code("reason", REASONS.all())),
                    Period.read(arguments));
        }

        @Override
        public JsonObject arguments() {
            return period.write(JsonObject.builder()
                            .put("patient", patient.value())
                            .put("key", key.base64Url())
                            .put("reason", Codes.code(reason)))
                    .build();
        }
    }

    /** Ends a substitute. By a key of the patient, by the substitute, or, if by court, by a registrar of the custodian. */
    record Dismiss(Sha256 kid) implements OfKey {
        static Dismiss read(Arguments arguments) {
            return new Dismiss(arguments.digest("kid"));
        }
    }

    /** Asks a patient for access. By any certificate of the organization that asks. */
    record Request(Handle grant, Handle patient, TermsCommitment terms, Period period) implements AccessAction {
        static Request read(Arguments arguments) {
            return new Request(
                    arguments.handle("grant"),
                    arguments.handle("patient"),
                    new TermsCommitment(arguments.digest("terms")),
                    Period.read(arguments));
        }

        @Override
        public JsonObject arguments() {
            return period.write(JsonObject.builder()
                            .put("grant", grant.value())
                            .put("patient", patient.value())
                            .put("terms", terms.digest().base64Url()))
                    .build();
        }
    }

    /** Allows what was asked; the signature covers the terms. By the patient or a substitute. */
    record Approve(Handle grant, TermsCommitment terms) implements AccessAction {
        static Approve read(Arguments arguments) {
            return new Approve(arguments.handle("grant"), new TermsCommitment(arguments.digest("terms")));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder()
                    .put("grant", grant.value())
                    .put("terms", terms.digest().base64Url())
                    .build();
        }
    }

    /** Refuses what was asked. By the patient or a substitute. */
    record Deny(Handle grant) implements OfGrant {
        static Deny read(Arguments arguments) {
            return new Deny(arguments.handle("grant"));
        }
    }

    /** Takes back what was asked or allowed. By the patient or a substitute. */
    record Revoke(Handle grant) implements OfGrant {
        static Revoke read(Arguments arguments) {
            return new Revoke(arguments.handle("grant"));
        }
    }

    /** Gives up what was asked or allowed. By any certificate of the requester. */
    record Withdraw(Handle grant) implements OfGrant {
        static Withdraw read(Arguments arguments) {
            return new Withdraw(arguments.handle("grant"));
        }
    }

    /** Notes that a grant is over, once it is. By anyone. */
    record Expire(Handle grant) implements OfGrant {
        static Expire read(Arguments arguments) {
            return new Expire(arguments.handle("grant"));
        }
    }

    /**
     * Opens a record in an emergency. By a certificate with the attribute clinician or emergency.
     *
     * @param until exclusive, whole seconds, {@link AccessContract#LONGEST_EMERGENCY} ahead at most
     */
    record BreakGlass(Handle emergency, Handle patient, EmergencyReason reason, Instant until) implements AccessAction {
        static BreakGlass read(Arguments arguments) {
            return new BreakGlass(
                    arguments.handle("emergency"),
                    arguments.handle("patient"),
                    Emergency.REASONS.constant(arguments.code("reason", Emergency.REASONS.all())),
                    arguments.time("until"));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder()
                    .put("emergency", emergency.value())
                    .put("patient", patient.value())
                    .put("reason", Codes.code(reason))
                    .put("until", until.getEpochSecond())
                    .build();
        }
    }

    /** Commits to the justification of an emergency access, once. By the certificate that opened the record. */
    record Justify(Handle emergency, JustificationCommitment justification) implements AccessAction {
        static Justify read(Arguments arguments) {
            return new Justify(
                    arguments.handle("emergency"), new JustificationCommitment(arguments.digest("justification")));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder()
                    .put("emergency", emergency.value())
                    .put("justification", justification.digest().base64Url())
                    .build();
        }
    }

    /** Reviews an emergency access, once. By another certificate, of an auditor of the custodian. */
    record Review(Handle emergency, Finding finding) implements AccessAction {
        static Review read(Arguments arguments) {
            return new Review(
                    arguments.handle("emergency"),
                    Emergency.FINDINGS.constant(arguments.code("finding", Emergency.FINDINGS.all())));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder()
                    .put("emergency", emergency.value())
                    .put("finding", Codes.code(finding))
                    .build();
        }
    }
}
