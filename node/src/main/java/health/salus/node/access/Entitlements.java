package health.salus.node.access;

import health.salus.contracts.access.AccessDecision;
import health.salus.contracts.access.AccessDecision.Denied;
import health.salus.contracts.access.AccessDecision.Permitted;
import health.salus.contracts.access.AccessPolicy;
import health.salus.contracts.access.DenialReason;
import health.salus.contracts.access.Question;
import health.salus.contracts.network.Certificate;
import health.salus.identity.Handle;
import health.salus.ledger.contract.StateView;
import health.salus.node.smart.Caller;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what a caller may read of a patient, by the contract {@code access} at the current height, under every grant and
 * emergency access that there is for them. Nothing is remembered between requests, so a revocation counts from its block
 * on. Thread-safe.
 */
public final class Entitlements {
    /** The world state and its height. */
    public record Current(StateView state, long height) {}

    /** Answers the world state as of the last block. */
    @FunctionalInterface
    public interface StateSource {
        /** The state now. */
        Current current();
    }

    private final StateSource ledger;
    private final PatientHandles handles;
    private final DepositedTerms terms;
    private final Emergencies emergencies;
    private final LedgerFollower follower;
    private final InstantSource clock;

    /** @param follower tells {@code emergencies} what happened on the ledger */
    public Entitlements(
            StateSource ledger,
            PatientHandles handles,
            DepositedTerms terms,
            Emergencies emergencies,
            LedgerFollower follower,
            InstantSource clock) {
        this.ledger = ledger;
        this.handles = handles;
        this.terms = terms;
        this.emergencies = emergencies;
        this.follower = follower;
        this.clock = clock;
    }

    /** What {@code caller} may read of the patient called {@code handle}, now. */
    public Entitlement of(Caller caller, String handle) {
        Current current = ledger.current();
        Instant now = clock.instant();
        Optional<String> patient = handles.patient(handle);
        if (patient.isEmpty()) {
            return new Entitlement.Refused(handle, current.height(), DenialReason.UNKNOWN_PATIENT);
        }
        List<AccessDecision> decisions = switch (caller) {
            case Caller.Outsider(Certificate certificate) -> ofOutsider(current, now, certificate, handle);
            case Caller.Person person ->
                List.of(AccessPolicy.decide(
                        current.state(), now, new Question.ByPerson(new Handle(handle), person.kid())));
            case Caller.Own own -> List.of(new Denied(DenialReason.UNKNOWN_GRANT));
        };
        List<Permitted> grounds = decisions.stream()
                .flatMap(decision -> decision instanceof Permitted permitted ? Stream.of(permitted) : Stream.empty())
                .toList();
        return grounds.isEmpty()
                ? new Entitlement.Refused(handle, current.height(), reason(decisions))
                : new Entitlement.Granted(handle, patient.get(), grounds, current.height(), now);
    }

    private List<AccessDecision> ofOutsider(Current current, Instant now, Certificate certificate, String handle) {
        List<AccessDecision> decisions = new ArrayList<>();
        for (DepositedTerms.Deposit deposit : terms.of(handle, certificate.organization())) {
            decisions.add(AccessPolicy.decide(
                    current.state(),
                    now,
                    new Question.UnderGrant(deposit.grant(), certificate.kid(), deposit.terms())));
        }
        if (decisions.stream().noneMatch(Permitted.class::isInstance)) {
            follower.awaitHeight(current.height()); // an emergency access may just have been opened
        }
        for (Handle emergency : emergencies.of(handle, certificate.organization())) {
            decisions.add(
                    AccessPolicy.decide(current.state(), now, new Question.InEmergency(emergency, certificate.kid())));
        }
        return decisions;
    }

    private static DenialReason reason(List<AccessDecision> decisions) {
        return decisions.stream()
                .flatMap(decision -> decision instanceof Denied(DenialReason why) ? Stream.of(why) : Stream.empty())
                .findFirst()
                .orElse(DenialReason.UNKNOWN_GRANT);
    }
}
