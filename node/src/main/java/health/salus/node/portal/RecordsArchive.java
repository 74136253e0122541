package health.salus.node.portal;

import health.salus.fhir.ResourceVersion;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.node.gateway.PageReads.ProvenPage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP file of records with their proofs, written while they are read: {@code bundle-0001.json} and so on, FHIR Bundles, each
 * followed by the receipts of what is in it, {@code receipts/Observation/17/1.txt}. {@code salus receipt verify} checks it as it
 * is. What is in memory is one page. Not thread-safe.
 */
final class RecordsArchive implements AutoCloseable {
    private final ZipOutputStream zip;
    private int pages;

    RecordsArchive(OutputStream out) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    /** Adds a text for people, or the policy. */
    void add(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a page of records. */
    void add(ProvenPage page) throws IOException {
        pages++;
        write(String.format(Locale.ROOT, "bundle-%04d.json", pages), page.bundle());
        for (Map.Entry<ResourceVersion, Optional<RecordReceipt>> proof :
                page.receipts().entrySet()) {
            if (proof.getValue().isPresent()) {
                add(
                        "receipts/" + path(proof.getKey()) + ".txt",
                        proof.getValue().get().encode());
            }
        }
        if (!page.altered().isEmpty()) {
            add(String.format(Locale.ROOT, "altered-%04d.txt", pages), lines(page.altered()));
        }
    }

    private static String path(ResourceVersion version) {
        return version.resource() + "/" + version.version();
    }

    private static String lines(List<ResourceVersion> versions) {
        return String.join(
                        "\n", versions.stream().map(ResourceVersion::toString).toList()) + "\n";
    }

    private void write(String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** Completes the file; without that no reader takes it for whole. */
    @Override
    public void close() throws IOException {
        zip.close();
    }
}
