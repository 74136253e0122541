package health.salus.node.smart;

import health.salus.contracts.access.Access;
import health.salus.contracts.access.Patient;
import health.salus.contracts.access.PersonKey;
import health.salus.contracts.network.Certificate;
import health.salus.foundation.Sha256;
import health.salus.ledger.contract.KeyDirectory;
import health.salus.ledger.contract.StateView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Clients by the ledger's state at the current height. Thread-safe. */
public final class LedgerClients implements Clients {
    private final Supplier<StateView> current;
    private final KeyDirectory keys;
    private final InstantSource clock;

    /** @param current answers the state at the current height */
    public LedgerClients(Supplier<StateView> current, KeyDirectory keys, InstantSource clock) {
        this.current = current;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Optional<Client> find(String organization, Sha256 kid) {
        StateView state = current.get();
        Instant now = clock.instant();
        return caller(state, now, organization, kid)
                .flatMap(caller ->
                        keys.find(state, kid, now).map(key -> new Client(caller, key, new Access(state).passkey(kid))));
    }

    @Override
    public Optional<Caller> recognise(String organization, Sha256 kid) {
        return caller(current.get(), clock.instant(), organization, kid);
    }

    private static Optional<Caller> caller(StateView state, Instant now, String organization, Sha256 kid) {
        Access access = new Access(state);
        Optional<Certificate> certificate = access.signingCertificate(kid, now);
        if (certificate.isPresent()) {
            return certificate.map(found ->
                    found.organization().equals(organization) ? new Caller.Own(found) : new Caller.Outsider(found));
        }
        return access.key(kid)
                .filter(key -> key.capacity().actsForPatient() && key.isInForce(now))
                .filter(key -> isPatientOf(organization, access, key))
                .map(Caller.Person::new);
    }

    private static boolean isPatientOf(String organization, Access access, PersonKey key) {
        return access.patient(key.patient())
                .map(Patient::custodian)
                .filter(organization::equals)
                .isPresent();
    }
}
