package health.salus.tlog;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Anything that serves the files of a tiled log by their path: a directory, a web server. Nothing of it is trusted. */
@FunctionalInterface
public interface TileSource {
    /**
     * Reads one resource.
     *
     * @param path {@code checkpoint} or a path that {@link TilePath} writes, without a leading slash
     * @return its content, empty where there is none
     */
    Optional<byte[]> read(String path) throws IOException;

    /** The files of a directory. */
    static TileSource directory(Path directory) {
        return path -> {
            Path file = directory.resolve(path);
            try (FileInputStream in = new FileInputStream(file.toFile())) { // unlike a channel, deaf to interrupts
                return Optional.of(in.readAllBytes());
            } catch (FileNotFoundException e) {
                if (Files.exists(file)) { // unreadable is not absent
                    throw e;
                }
                return Optional.empty();
            }
        };
    }
}
