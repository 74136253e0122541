package health.salus.tlog.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FrontierTest {
    private static final int SIZES = 300;
    private static final ReferenceTree TREE = ReferenceTree.of(SIZES);

    @Test
    void every_head_to_300_is_that_of_the_recursive_definition() {
        Frontier frontier = new Frontier();
        assertThat(frontier.head()).isEqualTo(TREE.head(0));
        for (int i = 0; i < SIZES; i++) {
            frontier.append(TREE.leaf(i));
            assertThat(frontier.head()).isEqualTo(TREE.head(i + 1));
        }
    }

    @Test
    void a_restored_frontier_goes_on_where_the_other_stopped() {
        Frontier frontier = new Frontier();
        for (int i = 0; i < SIZES; i++) {
            frontier = Frontier.of(frontier.size(), frontier.encoded());
            frontier.append(TREE.leaf(i));
        }
        assertThat(frontier.head()).isEqualTo(TREE.head(SIZES));
    }

    @Test
    void a_copy_grows_alone() {
        Frontier frontier = new Frontier();
        frontier.append(TREE.leaf(0));
        Frontier copy = frontier.copy();
        copy.append(TREE.leaf(1));

        assertThat(frontier.head()).isEqualTo(TREE.head(1));
        assertThat(copy.head()).isEqualTo(TREE.head(2));
    }

    @Test
    void an_encoding_has_one_hash_for_each_bit_of_the_size() {
        assertThat(new Frontier().encoded()).isEmpty();
        assertThatThrownBy(() -> Frontier.of(3, new byte[32])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Frontier.of(-1, new byte[64 * 32])).isInstanceOf(IllegalArgumentException.class);
    }
}
