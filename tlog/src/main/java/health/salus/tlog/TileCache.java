package health.salus.tlog;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Verified hash tiles that were used last, at most a fixed number of 16 KiB each. Thread-safe. */
final class TileCache {
    private final Map<TilePath, HashTile> tiles;

    TileCache(int capacity) {
        tiles = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<TilePath, HashTile> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized @Nullable HashTile get(TilePath path) {
        return tiles.get(path);
    }

    synchronized void put(TilePath path, HashTile tile) {
        tiles.put(path, tile);
    }
}
