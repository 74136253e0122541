package health.salus.ledger.transaction;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.Sha256;
import health.salus.identity.CompactJws;
import health.salus.identity.Handle;
import health.salus.identity.P256PrivateKey;
import health.salus.ledger.contract.Syntax;
import java.time.Instant;
import java.util.Map;

/**
 * What a client signs: the payload of the JWS, as canonical JSON with exactly the members {@code action},
 * {@code arguments}, {@code contract}, {@code expires}, {@code network}, {@code nonce}.
 *
 * @param network id of the network that may execute it
 * @param contract name of the contract called, {@code [a-z][a-z0-9-]{0,31}}
 * @param action what the contract shall do, {@code [a-z][a-z0-9-]{0,39}}
 * @param arguments what the action needs
 * @param expires whole seconds; executed only in a block whose time lies before
 * @param nonce 128 random bits, spelled as a {@link Handle}; makes equal requests different transactions
 */
public record TransactionBody(
        String network, String contract, String action, JsonObject arguments, Instant expires, String nonce) {
    private static final long LATEST = 253_402_300_799L; // the year 9999

    public TransactionBody {
        if (!Syntax.isNetwork(network)
                || !Syntax.isName(contract, 1, 32)
                || !Syntax.isName(action, 1, 40)
                || expires.getNano() != 0
                || expires.getEpochSecond() < 0
                || expires.getEpochSecond() > LATEST
                || !Handle.isHandle(nonce)) {
            throw new IllegalArgumentException("malformed transaction (expected: network, contract and action names, "
                    + "expires in whole seconds, a nonce of 32 hexadecimal digits)");
        }
    }

    /** A request with a fresh nonce. */
    public static TransactionBody of(
            String network, String contract, String action, JsonObject arguments, Instant expires) {
        return new TransactionBody(
                network, contract, action, arguments, expires, Handle.random().value());
    }

    /**
     * Signs it.
     *
     * @param kid the key id under which the network knows {@code key}
     */
    public Transaction sign(Sha256 kid, P256PrivateKey key) {
        return Transaction.parse(CompactJws.sign(toJson().canonical(), kid, key).compact());
    }

    /** The payload. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("action", action)
                .put("arguments", arguments)
                .put("contract", contract)
                .put("expires", expires.getEpochSecond())
                .put("network", network)
                .put("nonce", nonce)
                .build();
    }

    /** Reads {@link #toJson}. @throws IllegalArgumentException for anything else */
    static TransactionBody ofJson(JsonObject json) {
        Map<String, Json> members = json.members();
        if (members.size() == 6
                && members.get("action") instanceof JsonString(String action)
                && members.get("arguments") instanceof JsonObject arguments
                && members.get("contract") instanceof JsonString(String contract)
                && members.get("expires") instanceof JsonInteger(long expires)
                && members.get("network") instanceof JsonString(String network)
                && members.get("nonce") instanceof JsonString(String nonce)) {
            return new TransactionBody(network, contract, action, arguments, Instant.ofEpochSecond(expires), nonce);
        }
        throw new IllegalArgumentException("malformed transaction (expected: exactly the members action, arguments, "
                + "contract, expires, network, nonce)");
    }
}
