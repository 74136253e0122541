package health.salus.ledger.state;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.ledger.contract.StateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateMapPropertyTest {
    private static final int FEW_PAGES = 16; // so that pages are dropped and loaded again
    private static final int MANY_PAGES = 1_000_000;

    private final Map<String, byte[]> stored = new HashMap<>();

    @Property(tries = 60)
    void the_root_is_that_of_the_definition_whatever_the_batches_and_reopenings(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int keys, @ForAll boolean tight) {
        Random random = new Random(seed);
        stored.clear();
        TreeMap<Sha256, Sha256> values = new TreeMap<>();
        StateMap map = open(tight);
        for (int batch = 0; batch < 12; batch++) {
            map.apply(changes(random, keys, values));
            if (random.nextBoolean()) {
                map.store(this::keep);
            }
            assertThat(map.root()).isEqualTo(definition(new ArrayList<>(values.entrySet()), 0));
            if (random.nextInt(3) == 0) {
                map.store(this::keep);
                map = open(tight);
            }
        }
    }

    @Property(tries = 60)
    void any_key_is_proven_and_no_changed_proof_is_believed(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 120) int keys) {
        Random random = new Random(seed);
        stored.clear();
        StateMap map = open(true);
        Map<Integer, JsonObject> values = new HashMap<>();
        List<MapChange> changes = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            JsonObject value = JsonObject.builder().put("n", random.nextInt()).build();
            values.put(i, value);
            changes.add(MapChange.of(hash(i), value.canonical()));
        }
        Sha256 root = map.apply(changes);
        map.store(this::keep);
        for (int i = 0; i < keys + 20; i++) {
            Optional<JsonObject> value = Optional.ofNullable(values.get(i));
            StateProof proof = StateProof.ofJson(map.prove(hash(i)).toJson());

            assertThat(proof.check(key(i), value, root)).isEqualTo(new StateProof.Check.Verified());
            assertRefused(
                    proof,
                    i,
                    value.isPresent()
                            ? Optional.empty()
                            : Optional.of(JsonObject.builder().build()),
                    root);
            assertRefused(proof, i, value, Sha256.of(root.bytes()));
            for (int s = 0; s < proof.siblings().size(); s++) {
                List<Sha256> siblings = new ArrayList<>(proof.siblings());
                siblings.set(s, Sha256.of(siblings.get(s).bytes()));
                assertRefused(new StateProof(siblings, proof.leaf()), i, value, root);
            }
            if (!proof.siblings().isEmpty()) {
                List<Sha256> fewer =
                        proof.siblings().subList(0, proof.siblings().size() - 1);
                assertRefused(new StateProof(fewer, proof.leaf()), i, value, root);
            }
        }
    }

    @Test
    void keys_that_share_a_long_beginning_are_told_apart() {
        byte[] one = new byte[32];
        byte[] other = new byte[32];
        other[31] = 1;
        TreeMap<Sha256, Sha256> values = new TreeMap<>();
        StateMap map = open(false);
        for (byte[] key : List.of(one, other)) {
            map.apply(List.of(new MapChange(key, key)));
            values.put(Sha256.ofBytes(key), Sha256.ofBytes(key));
        }
        assertThat(map.root()).isEqualTo(definition(new ArrayList<>(values.entrySet()), 0));
    }

    private static void assertRefused(StateProof proof, int key, Optional<JsonObject> value, Sha256 root) {
        assertThat(proof.check(key(key), value, root)).isInstanceOf(StateProof.Check.Refused.class);
    }

    private StateMap open(boolean tight) {
        return new StateMap(key -> stored.get(Arrays.toString(key)), tight ? FEW_PAGES : MANY_PAGES);
    }

    private void keep(byte[] key, byte @Nullable [] page) {
        if (page == null) {
            stored.remove(Arrays.toString(key));
        } else {
            stored.put(Arrays.toString(key), page);
        }
    }

    private static List<MapChange> changes(Random random, int keys, Map<Sha256, Sha256> values) {
        Map<Integer, MapChange> changes = new HashMap<>();
        for (int i = random.nextInt(keys) + 1; i > 0; i--) {
            int key = random.nextInt(keys);
            byte[] value = random.nextInt(4) == 0
                    ? null
                    : Sha256.of(new byte[] {(byte) random.nextInt()}).bytes();
            changes.put(key, new MapChange(hash(key), value));
            if (value == null) {
                values.remove(Sha256.ofBytes(hash(key)));
            } else {
                values.put(Sha256.ofBytes(hash(key)), Sha256.ofBytes(value));
            }
        }
        return new ArrayList<>(changes.values());
    }

    private static StateKey key(int i) {
        return new StateKey("test", "key/" + i);
    }

    private static byte[] hash(int i) {
        return Sha256.of(StateKeys.utf8(key(i))).bytes();
    }

    /** The definition, written to be obvious. */
    private static Sha256 definition(List<Map.Entry<Sha256, Sha256>> entries, int depth) {
        if (entries.isEmpty()) {
            return Sha256.ofBytes(new byte[32]);
        }
        if (entries.size() == 1) {
            return Sha256.of(
                    new byte[] {0},
                    entries.getFirst().getKey().bytes(),
                    entries.getFirst().getValue().bytes());
        }
        List<Map.Entry<Sha256, Sha256>> left = new ArrayList<>();
        List<Map.Entry<Sha256, Sha256>> right = new ArrayList<>();
        for (Map.Entry<Sha256, Sha256> entry : entries) {
            boolean one = (entry.getKey().bytes()[depth / 8] & (128 >> depth % 8)) != 0;
            (one ? right : left).add(entry);
        }
        return Sha256.of(
                new byte[] {1},
                definition(left, depth + 1).bytes(),
                definition(right, depth + 1).bytes());
    }
}
