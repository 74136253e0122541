package health.salus.node.smart;

import health.salus.contracts.access.PersonKey;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Certificate;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;

/** Who asks, as the ledger knows them now, seen from the organization that is asked. */
public sealed interface Caller {
    /** Key id: thumbprint of the certificate, or of the patient's JWK. */
    Sha256 kid();

    /** Whether {@code key} is that of a certificate, rather than of a person or of a passkey. */
    default boolean isCertificate(Sha256 key) {
        return !(this instanceof Person) && kid().equals(key);
    }

    /** A certificate of the organization itself. */
    record Own(Certificate certificate) implements Caller {
        @Override
        public Sha256 kid() {
            return certificate.kid();
        }

        /** Whether the organization vouches for any of these, or made it an admin. */
        public boolean isAdminOr(Attribute... attributes) {
            return certificate.role() == Role.ADMIN || certificate.hasAny(attributes);
        }
    }

    /** A certificate of another organization. */
    record Outsider(Certificate certificate) implements Caller {
        @Override
        public Sha256 kid() {
            return certificate.kid();
        }
    }

    /** A key of a patient of the organization, or of a substitute. */
    record Person(PersonKey key) implements Caller {
        @Override
        public Sha256 kid() {
            return key.kid();
        }

        /** The patient whom the key acts for. */
        public String patient() {
            return key.patient().value();
        }
    }
}
