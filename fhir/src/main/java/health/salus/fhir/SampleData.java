package health.salus.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The synthetic bundles of {@code sample-data/bundles}, in the order in which a server takes them: organizations,
 * practitioners, then one transaction per patient. See {@code sample-data/README.md}.
 *
 * @param bundles the compressed files in loading order
 */
public record SampleData(List<Path> bundles) {
    public SampleData {
        bundles = List.copyOf(bundles);
    }

    /** Finds the bundles ({@code *.json.gz}) in {@code directory}. @throws IllegalArgumentException if there are none */
    public static SampleData in(Path directory) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json.gz")) {
            files.forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException("listing sample data in " + directory, e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "no *.json.gz in " + directory + "; make them with sample-data/generate");
        }
        Collections.sort(found);
        return new SampleData(found);
    }

    /** Those bundles that hold a patient each. */
    public List<Path> patients() {
        return bundles.stream()
                .filter(file -> file.getFileName().toString().startsWith("patient-"))
                .toList();
    }

    /** The JSON of one bundle. */
    public static byte[] read(Path bundle) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(bundle), 1 << 16)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + bundle, e);
        }
    }
}
