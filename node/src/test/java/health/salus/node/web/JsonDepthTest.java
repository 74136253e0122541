package health.salus.node.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonDepthTest {
    @Test
    void counts_the_deepest_nesting() {
        assertThat(depth("{\"a\":[1,{\"b\":[]}],\"c\":{}}")).isEqualTo(4);
    }

    @Test
    void brackets_in_strings_nest_nothing() {
        assertThat(depth("{\"a\":\"[[[[\\\"[[[\\\\\"}")).isEqualTo(1);
    }

    @Test
    void text_in_pieces_is_as_deep_as_in_one() {
        JsonDepth depth = new JsonDepth();
        for (byte one : "[[\"\\\"[\",[0]]]".getBytes(StandardCharsets.UTF_8)) {
            depth.after(new byte[] {one}, 0, 1);
        }
        assertThat(depth.after(new byte[0], 0, 0)).isEqualTo(3);
    }

    private static int depth(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new JsonDepth().after(bytes, 0, bytes.length);
    }
}
