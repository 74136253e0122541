package health.salus.node.guardian;

import health.salus.contracts.access.Access;
import health.salus.contracts.access.Capacity;
import health.salus.contracts.access.NewKey;
import health.salus.contracts.access.Patient;
import health.salus.contracts.access.PersonKey;
import health.salus.contracts.access.Recovery;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.node.access.Custodian;
import health.salus.node.access.Entitlements;
import health.salus.node.passkey.SignInCeremony.Candidate;
import health.salus.node.web.Problem;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whose keys a guardian's key can help to replace, as the ledger says now; of these patients nothing else is read here. Thread-safe. */
@Component
final class Wards {
    private final Custodian.Directory custodians;
    private final Entitlements.StateSource ledger;
    private final InstantSource clock;

    Wards(Custodian.Directory custodians, Entitlements.StateSource ledger, InstantSource clock) {
        this.custodians = custodians;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** @throws Problem where the organization has no patients here */
    Custodian custodian(String organization) {
        return custodians
                .find(organization)
                .orElseThrow(() -> Problem.of(404, "unknown-organization", "no such organization keeps records here"));
    }

    /** The recovery that the key called {@code kid} is a guardian's of, of a patient of the organization. */
    Optional<Recovery> of(String organization, Sha256 kid) {
        Access access = new Access(ledger.current().state());
        return guardian(access, kid)
                .map(PersonKey::patient)
                .filter(patient -> isPatientOf(organization, access, patient))
                .flatMap(access::recovery)
                .filter(recovery -> recovery.guardians().contains(kid));
    }

    /** The same for whoever is signed in. @throws Problem where they are no guardian any more */
    Recovery of(GuardianSession session) {
        return of(session.organization(), session.kid())
                .orElseThrow(() -> Problem.of(401, "signed-out", "the key is no guardian's any more"));
    }

    /** The passkey that the patient made with this guardian's code, while the ledger does not know it yet. */
    Optional<NewKey> made(GuardianSession session) {
        Access access = new Access(ledger.current().state());
        return custodian(session.organization())
                .replacements()
                .made(session.kid())
                .filter(made -> access.key(made.key().thumbprint()).isEmpty());
    }

    /** What a guardian may sign in with. */
    Optional<Candidate> candidate(String organization, Sha256 kid) {
        Access access = new Access(ledger.current().state());
        return of(organization, kid).flatMap(recovery -> Candidate.of(access, kid, clock.instant()));
    }

    private Optional<PersonKey> guardian(Access access, Sha256 kid) {
        return access.key(kid)
                .filter(key -> key.capacity() == Capacity.RECOVERY_GUARDIAN && key.isInForce(clock.instant()));
    }

    private static boolean isPatientOf(String organization, Access access, Handle handle) {
        return access.patient(handle)
                .map(Patient::custodian)
                .filter(organization::equals)
                .isPresent();
    }
}
