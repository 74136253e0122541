package health.salus.contracts.access;

import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import health.salus.foundation.Sha256;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.util.Arrays;

/**
 * What a grant is for and how far it goes. Terms stay off the ledger, which holds their {@link TermsCommitment}; requester,
 * patient and custodian hold the terms, and whoever is shown them can check every decision made under them. Immutable,
 * compared by content; {@link #toString} does not tell the content.
 */
public final class Terms {
    private static final int SALT_BYTES = 32;

    private final PurposeOfUse purpose;
    private final Scope scope;
    private final byte[] canonical;
    private final TermsCommitment commitment;

    private Terms(PurposeOfUse purpose, Scope scope, Sha256 salt) {
        this.purpose = purpose;
        this.scope = scope;
        this.canonical = JsonObject.builder()
                .put("purpose", purpose.name())
                .put("salt", salt.base64Url())
                .put("scope", scope.write())
                .build()
                .canonical();
        this.commitment = TermsCommitment.of(canonical);
    }

    /** Terms with a new salt from {@code random}. */
    public static Terms of(PurposeOfUse purpose, Scope scope, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new Terms(purpose, scope, Sha256.ofBytes(salt));
    }

    /** Reads what {@link #canonical} wrote. @throws JsonException for anything else */
    public static Terms read(byte[] canonical) {
        Terms terms;
        try {
            Fields fields = new Fields(JsonReader.object(canonical));
            terms = new Terms(
                    PurposeOfUse.valueOf(fields.text("purpose")),
                    Scope.read(fields.object("scope")),
                    fields.digest("salt"));
        } catch (IllegalArgumentException | IllegalStateException | DateTimeException e) {
            throw new JsonException("not the terms of a grant");
        }
        if (!Arrays.equals(terms.canonical, canonical)) {
            throw new JsonException("terms of a grant with more than is known of them");
        }
        return terms;
    }

    /** What the records are used for. */
    public PurposeOfUse purpose() {
        return purpose;
    }

    /** Which records. */
    public Scope scope() {
        return scope;
    }

    /** Canonical JSON in UTF-8: {@code purpose}, {@code salt} (32 bytes in base64url), {@code scope}. */
    public byte[] canonical() {
        return canonical.clone();
    }

    /** What the ledger may hold of them. */
    public TermsCommitment commitment() {
        return commitment;
    }

    /** Whether a resource of which these are the facts may go out under these terms. */
    public boolean permits(ResourceFacts facts) {
        return scope.permits(facts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Terms that && commitment.equals(that.commitment);
    }

    @Override
    public int hashCode() {
        return commitment.hashCode();
    }

    /** Its commitment. */
    @Override
    public String toString() {
        return commitment.toString();
    }
}
