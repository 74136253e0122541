package health.salus.contracts.rule;

import health.salus.foundation.Sha256;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;

/**
 * Where the state keeps the keys that may sign. One key id names one key for ever: a certificate enrolled under the key
 * id of a patient could act as that patient.
 */
public final class KeyIds {
    private KeyIds() {}

    /** The certificate with this thumbprint. */
    public static StateKey certificate(Sha256 kid) {
        return new StateKey("network", "certificate/" + kid.base64Url());
    }

    /** The key of an organization's CA with this thumbprint. */
    public static StateKey authority(Sha256 kid) {
        return new StateKey("network", "authority/" + kid.base64Url());
    }

    /** The key of a patient or substitute with this thumbprint. */
    public static StateKey person(Sha256 kid) {
        return new StateKey("access", "key/" + kid.base64Url());
    }

    /** The passkey of a certificate's holder with this thumbprint. */
    public static StateKey staff(Sha256 kid) {
        return new StateKey("access", "staff-key/" + kid.base64Url());
    }

    /** Whether {@code kid} names a key already, be it in force or not. */
    public static boolean taken(StateView state, Sha256 kid) {
        return state.get(certificate(kid)).isPresent()
                || state.get(authority(kid)).isPresent()
                || state.get(person(kid)).isPresent()
                || state.get(staff(kid)).isPresent();
    }
}
