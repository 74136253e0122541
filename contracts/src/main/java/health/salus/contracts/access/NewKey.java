package health.salus.contracts.access;

import health.salus.foundation.Json;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.contract.Arguments;
import java.util.Optional;

/**
 * A key that a person shall have.
 *
 * @param origin of the pages that may ask it to sign, which makes it a passkey; empty for a plain key
 */
public record NewKey(P256PublicKey key, Optional<String> origin) {
    /** A key that signs transactions by itself. */
    public static NewKey plain(P256PublicKey key) {
        return new NewKey(key, Optional.empty());
    }

    /** A passkey, made on a page of {@code origin}. */
    public static NewKey passkey(P256PublicKey key, String origin) {
        return new NewKey(key, Optional.of(origin));
    }

    static NewKey read(Arguments arguments) {
        return new NewKey(arguments.key("key"), arguments.optional("origin", arguments::origin));
    }

    Json.Builder write(Json.Builder object) {
        object.put("key", key.base64Url());
        origin.ifPresent(known -> object.put("origin", known));
        return object;
    }

    Optional<Passkey> passkey() {
        return origin.map(known -> new Passkey(known, 0));
    }
}
