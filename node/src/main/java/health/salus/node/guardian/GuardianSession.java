package health.salus.node.guardian;

import health.salus.foundation.Sha256;
import health.salus.node.pages.PageSession;
import health.salus.node.smart.Clients;
import java.time.Instant;

/**
 * A guardian signed in with a passkey.
 *
 * @param organization custodian of the patient
 * @param kid key on the ledger, which is of one patient only; it signs what this guardian says
 * @param credential id of the passkey at its authenticator, base64url
 * @param wards knows whether the patient still has this guardian
 * @param began when they signed in
 */
record GuardianSession(String organization, Sha256 kid, String credential, Wards wards, Instant began)
        implements PageSession {
    static final String AREA = "guardian";

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public String holder() {
        return kid.base64Url();
    }

    @Override
    public boolean isInForce(Clients clients) {
        return wards.of(organization, kid).isPresent();
    }
}
