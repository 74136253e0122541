package health.salus.node.portal;

import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.node.pages.PageSession;
import health.salus.node.smart.Caller;
import health.salus.node.smart.Clients;
import java.time.Instant;

/**
 * A patient, or who acts for one, signed in with a passkey.
 *
 * @param organization custodian whose portal it is
 * @param patient whose records are seen
 * @param kid key on the ledger; it signs what this person decides
 * @param credential id of the passkey at its authenticator, base64url
 * @param began when they signed in
 */
record PatientSession(String organization, Handle patient, Sha256 kid, String credential, Instant began)
        implements PageSession {
    static final String AREA = "portal";

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public String holder() {
        return patient.value();
    }

    @Override
    public boolean isInForce(Clients clients) {
        return clients.recognise(organization, kid)
                .filter(caller -> caller instanceof Caller.Person person
                        && person.patient().equals(patient.value()))
                .isPresent();
    }
}
