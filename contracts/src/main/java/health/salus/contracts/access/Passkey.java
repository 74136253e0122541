package health.salus.contracts.access;

import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Sha256;
import health.salus.identity.PasskeyAssertion;
import java.nio.charset.StandardCharsets;

/**
 * What makes a person's key a passkey.
 *
 * @param origin of the pages that may ask it to sign; its host is the RP ID (W3C WebAuthn Level 3 §4)
 * @param counter highest signature counter seen (§6.1.1); 0 while it has not counted
 */
public record Passkey(String origin, long counter) {
    /** SHA-256 of the RP ID. */
    public Sha256 rpIdHash() {
        int start = origin.indexOf("://") + 3;
        int port = origin.indexOf(':', start);
        String host = origin.substring(start, port < 0 ? origin.length() : port);
        return Sha256.of(host.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether it can have made this assertion: on its pages, and not as a copy of it would have. */
    public boolean fits(PasskeyAssertion assertion) {
        return isOfItsPages(assertion) && countsOn(assertion);
    }

    /** The passkey after it has signed (§7.2 steps 13, 14 and 22). Rejects a page elsewhere, or a copy of the passkey. */
    Passkey signed(PasskeyAssertion assertion) {
        Rejection.WRONG_ORIGIN.unless(isOfItsPages(assertion));
        Rejection.PASSKEY_COPIED.unless(countsOn(assertion));
        return new Passkey(origin, assertion.counter());
    }

    private boolean isOfItsPages(PasskeyAssertion assertion) {
        return assertion.origin().equals(origin) && assertion.rpIdHash().equals(rpIdHash());
    }

    private boolean countsOn(PasskeyAssertion assertion) {
        return assertion.counter() > counter || (assertion.counter() == 0 && counter == 0);
    }
}
