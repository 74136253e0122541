package health.salus.contracts.access;

import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.contract.Arguments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** What a transaction can ask of the contract {@code access}. */
public sealed interface AccessAction extends Action {
    @Override
    default String contract() {
        return AccessContract.NAME;
    }

    @Override
    default String action() {
        return AccessSchema.LATEST.nameOf(this);
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

    /** An action that gives somebody a key. */
    sealed interface Introducing extends AccessAction
            permits RegisterPatient, AddKey, Appoint, AppointByCourt, ProposeRotation {
        /** The key. */
        NewKey key();
    }

    /** An action on the proposal to replace a patient's keys by a certain one. */
    sealed interface OfRotation extends AccessAction permits SupportRotation, VetoRotation, CompleteRotation {
        /** Whose keys. */
        Handle patient();

        /** Id of the new key. */
        Sha256 kid();

        @Override
        default JsonObject arguments() {
            return JsonObject.builder()
                    .put("patient", patient().value())
                    .put("kid", kid().base64Url())
                    .build();
        }
    }

    /** An action that names a key and nothing else. */
    sealed interface OfKey extends AccessAction permits Dismiss, RevokeKey, UnbindPasskey {
        /** Its id. */
        Sha256 kid();

        @Override
        default JsonObject arguments() {
            return JsonObject.builder().put("kid", kid().base64Url()).build();
        }
    }

    /** Registers a patient under a new handle, with a first key. By a gateway or registrar of the custodian. */
    record RegisterPatient(Handle patient, NewKey key) implements Introducing {
        /** With a plain key. */
        public RegisterPatient(Handle patient, P256PublicKey key) {
            this(patient, NewKey.plain(key));
        }

        static RegisterPatient read(Arguments arguments) {
            return new RegisterPatient(arguments.handle("patient"), NewKey.read(arguments));
        }

        @Override
        public JsonObject arguments() {
            return key.write(JsonObject.builder().put("patient", patient.value()))
                    .build();
        }
    }

    /** Adds a key of the patient. By another key of the patient. */
    record AddKey(NewKey key) implements Introducing {
        /** A plain key. */
        public AddKey(P256PublicKey key) {
            this(NewKey.plain(key));
        }

        static AddKey read(Arguments arguments) {
            return new AddKey(NewKey.read(arguments));
        }

        @Override
        public JsonObject arguments() {
            return key.write(JsonObject.builder()).build();
        }
    }

    /** Ends a key of the patient for ever; not the last. By a key of the patient. */
    record RevokeKey(Sha256 kid) implements OfKey {
        static RevokeKey read(Arguments arguments) {
            return new RevokeKey(arguments.digest("kid"));
        }
    }

    /** Appoints a guardian or proxy for a while. By a key of the patient. */
    record Appoint(Capacity capacity, NewKey key, Period period) implements Introducing {
        private static final Codes<Capacity> CAPACITIES = Codes.of(Capacity.class);

        /** With a plain key. */
        public Appoint(Capacity capacity, P256PublicKey key, Period period) {
            this(capacity, NewKey.plain(key), period);
        }

        static Appoint read(Arguments arguments) {
            return new Appoint(
                    CAPACITIES.constant(
                            arguments.code("capacity", CAPACITIES.only(EnumSet.of(Capacity.GUARDIAN, Capacity.PROXY)))),
                    NewKey.read(arguments),
                    Period.read(arguments));
        }

        @Override
        public JsonObject arguments() {
            return period.write(key.write(JsonObject.builder().put("capacity", Codes.code(capacity))))
                    .build();
        }
    }

    /**
     * Enters a substitute whom a court appointed, beginning {@link AccessContract#COURT_NOTICE} later at the earliest. By
     * a registrar of the custodian.
     */
    record AppointByCourt(Handle patient, NewKey key, CourtReason reason, Period period) implements Introducing {
        private static final Codes<CourtReason> REASONS = Codes.of(CourtReason.class);

        /** With a plain key. */
        public AppointByCourt(Handle patient, P256PublicKey key, CourtReason reason, Period period) {
            this(patient, NewKey.plain(key), reason, period);
        }

        static AppointByCourt read(Arguments arguments) {
            return new AppointByCourt(
                    arguments.handle("patient"),
                    NewKey.read(arguments),
                    REASONS.constant(arguments.code("reason", REASONS.all())),
                    Period.read(arguments));
        }

        @Override
        public JsonObject arguments() {
            return period.write(key.write(JsonObject.builder().put("patient", patient.value()))
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

    /**
     * Names those of whom {@code threshold} can together replace the patient's keys, instead of whoever was named before. By a
     * key of the patient.
     *
     * @param guardians 1 to {@value Recovery#MOST_GUARDIANS}
     * @param threshold from 1 to the number of guardians
     */
    record NameGuardians(List<NewKey> guardians, int threshold) implements AccessAction {
        public NameGuardians {
            guardians = List.copyOf(guardians);
        }

        static NameGuardians read(Arguments arguments) {
            List<NewKey> guardians = new ArrayList<>();
            for (Arguments guardian : arguments.objects("guardians", Recovery.MOST_GUARDIANS)) {
                guardians.add(NewKey.read(guardian));
                guardian.end();
            }
            return new NameGuardians(guardians, (int) arguments.count("threshold", 1, guardians.size()));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder()
                    .put(
                            "guardians",
                            new JsonArray(guardians.stream()
                                    .<Json>map(guardian ->
                                            guardian.write(JsonObject.builder()).build())
                                    .toList()))
                    .put("threshold", threshold)
                    .build();
        }
    }

    /** Proposes to replace all keys of a patient by this one. By a recovery guardian of the patient. */
    record ProposeRotation(Handle patient, NewKey key) implements Introducing {
        static ProposeRotation read(Arguments arguments) {
            return new ProposeRotation(arguments.handle("patient"), NewKey.read(arguments));
        }

        @Override
        public JsonObject arguments() {
            return key.write(JsonObject.builder().put("patient", patient.value()))
                    .build();
        }
    }

    /** Supports what another has proposed. By a recovery guardian of the patient, once. */
    record SupportRotation(Handle patient, Sha256 kid) implements OfRotation {
        static SupportRotation read(Arguments arguments) {
            return new SupportRotation(arguments.handle("patient"), arguments.digest("kid"));
        }
    }

    /** Ends a proposal. By a key of the patient. */
    record VetoRotation(Handle patient, Sha256 kid) implements OfRotation {
        static VetoRotation read(Arguments arguments) {
            return new VetoRotation(arguments.handle("patient"), arguments.digest("kid"));
        }
    }

    /** Replaces the keys, once enough guardians have supported it for {@link AccessContract#VETO_TIME}. By anyone. */
    record CompleteRotation(Handle patient, Sha256 kid) implements OfRotation {
        static CompleteRotation read(Arguments arguments) {
            return new CompleteRotation(arguments.handle("patient"), arguments.digest("kid"));
        }
    }

    /**
     * Lets a passkey, made on a page of {@code origin}, sign for the holder of a certificate. By the certificate's own key.
     */
    record BindPasskey(P256PublicKey key, String origin) implements AccessAction {
        static BindPasskey read(Arguments arguments) {
            return new BindPasskey(arguments.key("key"), arguments.origin("origin"));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder()
                    .put("key", key.base64Url())
                    .put("origin", origin)
                    .build();
        }
    }

    /** Ends that for ever. By the same certificate or a passkey of it, or by an admin of the organization. */
    record UnbindPasskey(Sha256 kid) implements OfKey {
        static UnbindPasskey read(Arguments arguments) {
            return new UnbindPasskey(arguments.digest("kid"));
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
