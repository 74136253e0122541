package health.salus.node.staff;

import health.salus.foundation.Sha256;
import health.salus.node.pages.PageSession;
import health.salus.node.smart.Caller;
import health.salus.node.smart.Clients;
import java.time.Instant;
import java.util.Optional;

/**
 * The holder of a certificate of the organization, signed in.
 *
 * @param certificate thumbprint of the enrollment certificate
 * @param passkey what they signed in with, and sign with; empty where TLS knew them by the certificate: they can look, not sign
 * @param began when they signed in
 */
record StaffSession(String organization, Sha256 certificate, Optional<SigningPasskey> passkey, Instant began)
        implements PageSession {
    static final String AREA = "staff";

    /**
     * A passkey that is bound to the certificate.
     *
     * @param kid its key on the ledger
     * @param credential its id at its authenticator, base64url
     */
    record SigningPasskey(Sha256 kid, String credential) {}

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public String holder() {
        return certificate.base64Url();
    }

    @Override
    public Sha256 kid() {
        return passkey.map(SigningPasskey::kid).orElse(certificate);
    }

    @Override
    public WayIn wayIn() {
        return passkey.isPresent() ? WayIn.PASSKEY : WayIn.CERTIFICATE;
    }

    @Override
    public boolean isInForce(Clients clients) {
        return clients.recognise(organization, kid())
                .filter(caller -> caller instanceof Caller.Own own && own.kid().equals(certificate))
                .isPresent();
    }
}
