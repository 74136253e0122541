package health.salus.tlog;

import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes a tree size stand on its own files: tiles and entries durable, partial tiles and checkpoint written, and only then
 * the journals deleted that would otherwise restore them. Repeating an interrupted run is harmless.
 */
final class Publisher {
    private final Disk disk;
    private final Path directory;
    private final String origin;
    private final NoteSigner signer;

    Publisher(Disk disk, Path directory, String origin, NoteSigner signer) {
        this.disk = disk;
        this.directory = directory;
        this.origin = origin;
        this.signer = signer;
    }

    /**
     * Publishes.
     *
     * @param older size that was published before
     * @param edge at the size to publish
     * @param sealed journals that end at that size or before
     */
    void publish(long older, RightEdge edge, List<Path> sealed) throws IOException {
        if (older == edge.size() && sealed.isEmpty() && Files.exists(directory.resolve("checkpoint"))) {
            return;
        }
        forceFullTiles(older, edge.size());
        writePartialTiles(older, edge);
        writeCheckpoint(edge);
        for (Path journal : sealed) {
            disk.delete(journal);
        }
        disk.forceDirectory(directory.resolve(Journal.DIRECTORY));
        deletePartialTiles(older, edge.size());
    }

    private void forceFullTiles(long older, long newer) throws IOException {
        Set<String> parents = new LinkedHashSet<>();
        for (int level = TilePath.ENTRIES; level < RightEdge.levels(newer); level++) {
            int tileLevel = Math.max(level, 0);
            long end = RightEdge.fullTiles(newer, tileLevel);
            for (long index = RightEdge.fullTiles(older, tileLevel); index < end; index++) {
                String path = TilePath.full(level, index).toString();
                disk.forceFile(directory.resolve(path));
                addParents(path, parents);
            }
        }
        forceAll(parents);
    }

    /** Leaves alone those that the older size shares: a crash must not find them half written. */
    private void writePartialTiles(long older, RightEdge edge) throws IOException {
        List<TilePath> published = partialTiles(older);
        Set<String> parents = new LinkedHashSet<>();
        for (TilePath path : partialTiles(edge.size())) {
            if (published.contains(path)) {
                continue;
            }
            Path file = directory.resolve(path.toString());
            disk.createDirectories(parent(path));
            disk.write(file, edge.partial(path.level(), path.width()));
            disk.forceFile(file);
            addParents(path.toString(), parents);
        }
        forceAll(parents);
    }

    private void writeCheckpoint(RightEdge edge) throws IOException {
        Path temporary = directory.resolve("checkpoint.tmp");
        String note = new Checkpoint(origin, edge.head()).sign(signer).encode();
        disk.write(temporary, note.getBytes(StandardCharsets.UTF_8));
        disk.forceFile(temporary);
        disk.rename(temporary, directory.resolve("checkpoint"));
        disk.forceDirectory(directory);
    }

    /** Whoever holds an older checkpoint may ask for its partial tiles until the full ones are there. */
    private void deletePartialTiles(long older, long newer) throws IOException {
        for (TilePath path : partialTiles(older)) {
            Path parent = parent(path);
            if (path.index() < RightEdge.fullTiles(newer, Math.max(path.level(), 0)) && Files.isDirectory(parent)) {
                List<Path> widths;
                try (Stream<Path> files = Files.list(parent)) {
                    widths = files.toList();
                }
                for (Path width : widths) {
                    disk.delete(width);
                }
                disk.delete(parent);
            }
        }
    }

    private static List<TilePath> partialTiles(long size) {
        List<TilePath> paths = new ArrayList<>();
        for (int level = TilePath.ENTRIES; level < RightEdge.levels(size); level++) {
            int tileLevel = Math.max(level, 0);
            int width = RightEdge.count(size, tileLevel);
            if (width > 0) {
                paths.add(new TilePath(level, RightEdge.fullTiles(size, tileLevel), width));
            }
        }
        return paths;
    }

    private Path parent(TilePath path) {
        return directory.resolve(TilePath.parent(path.toString()));
    }

    private static void addParents(String path, Set<String> parents) {
        String parent = path;
        while (!parent.isEmpty()) {
            parent = TilePath.parent(parent);
            parents.add(parent);
        }
    }

    private void forceAll(Set<String> parents) throws IOException {
        for (String parent : parents) {
            disk.forceDirectory(directory.resolve(parent));
        }
    }
}
