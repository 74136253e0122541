package health.salus.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {
    @Test
    void the_published_example_is_written_in_elements_of_three_digits() {
        assertThat(new TilePath(0, 1_234_067, 256)).hasToString("tile/0/x001/x234/067");
        assertThat(new TilePath(TilePath.ENTRIES, 1_234_067, 5)).hasToString("tile/entries/x001/x234/067.p/5");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999, 1_000, 999_999, 1_000_000, 36_028_797_018_963_967L})
    void paths_lead_back(long index) {
        for (int level = TilePath.ENTRIES; level <= 7; level++) {
            for (int width : new int[] {1, 255, 256}) {
                TilePath path = new TilePath(level, index, width);
                assertThat(TilePath.parse(path.toString())).hasValue(path);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "checkpoint",
                "tile/0/0",
                "tile/0/0000",
                "tile/00/000",
                "tile/8/000",
                "tile/-1/000",
                "tile/0/001/067",
                "tile/0/x000/067",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/000.p/",
                "tile/0/../000",
                "/tile/0/000",
                "tile/0/000/",
                "tile/Entries/000",
                "tile/0/x999/x999/x999/x999/x999/x999/999"
            })
    void anything_else_is_no_path(String text) {
        assertThat(TilePath.parse(text)).isEmpty();
    }
}
