package health.salus.cli.identity;

import health.salus.foundation.JsonReader;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.ledger.block.Genesis;
import health.salus.node.organization.LogKeys;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.proof.TrustPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What {@link LedgerFixture} of some release has made. */
record FixtureDirectory(Path path) {
    Genesis genesis() throws IOException {
        return Genesis.of(JsonReader.object(Files.readAllBytes(path.resolve("genesis.json"))));
    }

    TrustPolicy policy() throws IOException {
        return TrustPolicy.parse(Files.readAllBytes(path.resolve("network.policy")));
    }

    String text(String file) throws IOException {
        return Files.readString(path.resolve(file));
    }

    byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(path.resolve(file));
    }

    NoteSigner log() throws IOException {
        return log(path, genesis());
    }

    static NoteSigner log(Path fixture, Genesis genesis) {
        return LogKeys.ledgerLog(keys(fixture), genesis);
    }

    CosignatureSigner witness() throws IOException {
        return LogKeys.witness(keys(path), genesis(), LedgerFixture.NODE);
    }

    private static KeyStoreFile keys(Path fixture) {
        return KeyStoreFile.open(fixture.resolve("node.p12"), KeyStorePassword.ofFile(fixture.resolve("password")));
    }

    /** Makes {@code target} the node's data directory. */
    void unpack(Path target) throws IOException {
        try (InputStream in = Files.newInputStream(path.resolve("node.zip"));
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = target.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }

    @Override
    public String toString() {
        return path.getFileName().toString();
    }
}
