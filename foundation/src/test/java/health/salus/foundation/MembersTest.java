package health.salus.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.foundation.Json.JsonInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class MembersTest {
    @Property
    void it_is_the_sorted_map_that_a_tree_is(
            @ForAll @Size(max = 12) Map<@StringLength(max = 3) String, Integer> numbers,
            @ForAll @StringLength(max = 3) String from,
            @ForAll @StringLength(max = 3) String to) {
        TreeMap<String, Json> tree = new TreeMap<>();
        numbers.forEach((name, number) -> tree.put(name, new JsonInteger(number)));
        Members members = Members.copyOf(new HashMap<>(tree));

        assertThat(members).isEqualTo(tree).hasSameHashCodeAs(tree).hasSize(tree.size());
        assertThat(members.sequencedEntrySet()).containsExactlyElementsOf(tree.entrySet());
        assertThat(members.get(from)).isEqualTo(tree.get(from));
        assertThat(members.containsKey(from)).isEqualTo(tree.containsKey(from));
        assertThat(members.headMap(to)).isEqualTo(tree.headMap(to));
        assertThat(members.tailMap(from)).isEqualTo(tree.tailMap(from));
        if (from.compareTo(to) <= 0) {
            assertThat(members.subMap(from, to)).isEqualTo(tree.subMap(from, to));
        }
        if (!tree.isEmpty()) {
            assertThat(members.firstKey()).isEqualTo(tree.firstKey());
            assertThat(members.lastKey()).isEqualTo(tree.lastKey());
        }
    }

    @Test
    void names_ascend_whatever_the_order_of_the_map_was() {
        SortedMap<String, Json> descending = new TreeMap<>(Comparator.<String>reverseOrder());
        descending.put("a", new JsonInteger(1));
        descending.put("b", new JsonInteger(2));
        assertThat(Members.copyOf(descending).keySet()).containsExactly("a", "b");
    }

    @Test
    void it_cannot_be_changed() {
        Members members = Members.copyOf(Map.of("a", new JsonInteger(1)));
        assertThatThrownBy(() -> members.put("b", new JsonInteger(2)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> members.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> members.entrySet().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Members.copyOf(Map.of()).firstKey()).isInstanceOf(NoSuchElementException.class);
    }
}
