package health.salus.ledger.state;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.JsonException;
import health.salus.foundation.Sha256;
import health.salus.ledger.contract.StateKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proves what the world state holds under a key, or that it holds nothing, to somebody who has a block header.
 *
 * <p>The state root is that of a binary tree over SHA-256 of the state keys ({@code contract/path} in ASCII), most
 * significant bit first. An empty subtree hashes to 32 zero bytes, a subtree with one key to SHA-256(0x00 ‖ key hash ‖
 * SHA-256(canonical value)), any other to SHA-256(0x01 ‖ left ‖ right). The way to a key ends at the first subtree with
 * at most one key.
 *
 * @param siblings hashes beside the way, from the root on; at most 256
 * @param leaf the one key of the subtree where the way ends, if it holds one
 */
public record StateProof(List<Sha256> siblings, Optional<Leaf> leaf) {
    /** Of a key and its value: SHA-256 of either. */
    public record Leaf(Sha256 key, Sha256 value) {}

    /** Answer to a check. */
    public sealed interface Check {
        /** The state holds just what was claimed. */
        record Verified() implements Check {}

        /** The proof does not show what was claimed; the reason is safe to show. */
        record Refused(String reason) implements Check {}
    }

    public StateProof {
        siblings = List.copyOf(siblings);
        if (siblings.size() > 8 * Sha256.BYTES) {
            throw new IllegalArgumentException(siblings.size() + " siblings (expected: at most 256)");
        }
    }

    /**
     * Checks that the state with this root holds {@code value} under {@code key}.
     *
     * @param value the claim; empty: nothing is there
     * @param root from a header that the caller has verified
     */
    public Check check(StateKey key, Optional<JsonObject> value, Sha256 root) {
        Sha256 keyHash = Sha256.of(StateKeys.utf8(key));
        Optional<Leaf> claimed = value.map(present -> new Leaf(keyHash, Sha256.of(present.canonical())));
        if (claimed.isPresent() && !claimed.equals(leaf)) {
            return new Check.Refused("the proof is of another key or value");
        }
        if (claimed.isEmpty() && leaf.isPresent() && leaf.get().key().equals(keyHash)) {
            return new Check.Refused("the key has a value");
        }
        byte[] wanted = keyHash.bytes();
        if (leaf.isPresent() && !sharesWay(leaf.get().key().bytes(), wanted)) {
            return new Check.Refused("the leaf is not on the way to the key");
        }
        MapHash hasher = new MapHash();
        byte[] hash = new byte[Sha256.BYTES];
        byte[] pair = new byte[2 * Sha256.BYTES];
        if (leaf.isPresent()) {
            leaf.get().key().copyTo(pair, 0);
            leaf.get().value().copyTo(pair, Sha256.BYTES);
            hasher.leaf(pair, 0, hash, 0);
        }
        for (int depth = siblings.size() - 1; depth >= 0; depth--) {
            int side = MapHash.bit(wanted, depth) * Sha256.BYTES;
            System.arraycopy(hash, 0, pair, side, Sha256.BYTES);
            siblings.get(depth).copyTo(pair, Sha256.BYTES - side);
            hasher.node(pair, 0, hash, 0);
        }
        return Sha256.ofBytes(hash).equals(root)
                ? new Check.Verified()
                : new Check.Refused("the proof leads to another state root");
    }

    private boolean sharesWay(byte[] a, byte[] b) {
        for (int depth = 0; depth < siblings.size(); depth++) {
            if (MapHash.bit(a, depth) != MapHash.bit(b, depth)) {
                return false;
            }
        }
        return true;
    }

    /** <code>{"leaf":{"key":…,"value":…},"siblings":[…]}</code> with digests in base64url; no leaf: no such member. */
    public JsonObject toJson() {
        Json.Builder json = Json.JsonObject.builder()
                .put(
                        "siblings",
                        new JsonArray(siblings.stream()
                                .<Json>map(sibling -> new JsonString(sibling.base64Url()))
                                .toList()));
        leaf.ifPresent(it -> json.put(
                "leaf",
                JsonObject.builder()
                        .put("key", it.key().base64Url())
                        .put("value", it.value().base64Url())
                        .build()));
        return json.build();
    }

    /** Reads {@link #toJson}. @throws JsonException for anything else */
    public static StateProof ofJson(JsonObject json) {
        Map<String, Json> members = json.members();
        try {
            if (!(members.get("siblings") instanceof JsonArray(List<Json> elements))
                    || members.size() != (members.containsKey("leaf") ? 2 : 1)) {
                throw new JsonException("not a state proof (expected: siblings, and a leaf or not)");
            }
            Optional<Leaf> leaf = Optional.ofNullable(members.get("leaf")).map(StateProof::leaf);
            return new StateProof(elements.stream().map(StateProof::digest).toList(), leaf);
        } catch (IllegalArgumentException e) {
            throw new JsonException("not a state proof (" + e.getMessage() + ")");
        }
    }

    private static Leaf leaf(Json json) {
        if (json instanceof JsonObject(var members) && members.size() == 2) {
            return new Leaf(digest(members.get("key")), digest(members.get("value")));
        }
        throw new JsonException("not a leaf of a state proof (expected: key and value)");
    }

    private static Sha256 digest(@Nullable Json json) {
        if (json instanceof JsonString(String text)) {
            return Sha256.ofBase64Url(text);
        }
        throw new JsonException("not a digest in a state proof");
    }
}
