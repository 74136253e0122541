package health.salus.ledger.state;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MapBuilderPropertyTest {
    @Property(tries = 100)
    void a_map_built_at_once_is_the_one_that_grows_and_goes_on_like_it(
            @ForAll long seed, @ForAll @IntRange(max = 600) int keys, @ForAll boolean clustered) {
        Random random = new Random(seed);
        StateMap grown = new StateMap(key -> null, 1_000_000);
        MapBuilder builder = new MapBuilder();
        List<MapChange> changes = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            byte[] key = Sha256.of(new byte[] {(byte) i, (byte) (i >> 8), (byte) seed})
                    .bytes();
            if (clustered) {
                key[0] = (byte) (random.nextInt(3) << 4);
            }
            byte[] value = new byte[Sha256.BYTES];
            random.nextBytes(value);
            changes.add(new MapChange(key, value));
            builder.add(key, value);
        }
        Map<String, byte[]> stored = new HashMap<>();

        Sha256 root = builder.build((key, page) -> stored.put(name(key), page));

        assertThat(root).isEqualTo(grown.apply(changes));
        StateMap opened = new StateMap(key -> stored.get(name(key)), 16);
        assertThat(opened.root()).isEqualTo(root);
        List<MapChange> more = changes.stream()
                .filter(change -> random.nextBoolean())
                .map(change -> new MapChange(change.key(), null))
                .toList();
        assertThat(opened.apply(more)).isEqualTo(grown.apply(more));
    }

    private static String name(byte[] key) {
        return HexFormat.of().formatHex(key);
    }
}
