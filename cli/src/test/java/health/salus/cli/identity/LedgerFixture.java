package health.salus.cli.identity;

import health.salus.foundation.JsonReader;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.block.Entry;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.finality.NotesMessage;
import health.salus.ledger.ordering.BatchCodec;
import health.salus.ledger.ordering.Proposal;
import health.salus.tlog.StoppedLog;
import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes {@code testdata/ledger-<release>} of what the demo with four organizations has left behind; {@code
 * bin/make-ledger-fixture} runs it. Among them is a member that lied and was removed, so that there is evidence, and a change
 * of the witnesses. Keys are the demo's, and of no use.
 */
final class LedgerFixture {
    static final String NODE = "clinic";
    private static final List<String> PARTS = List.of("ledger", "raft", "witness");

    private LedgerFixture() {}

    /** @param arguments directory of the demo; directory to make */
    public static void main(String[] arguments) throws IOException {
        Path demo = Path.of(arguments[0]);
        Path target = Path.of(arguments[1]);
        Files.createDirectories(target);
        for (String file : List.of("genesis.json", "password", "network.policy", "evidence.txt", "receipt-after.txt")) {
            Files.copy(demo.resolve(file), target.resolve(file));
        }
        Files.copy(NewOrganization.nodeKeyStore(demo.resolve(NODE)), target.resolve("node.p12"));
        Genesis genesis = Genesis.of(JsonReader.object(Files.readAllBytes(demo.resolve("genesis.json"))));
        new Invitation(genesis, List.of(URI.create("http://127.0.0.1:8481"), URI.create("http://127.0.0.1:8482")))
                .write(target.resolve("invitation.json"));
        Path node = demo.resolve(NODE).resolve("node");
        SignedNote last = SignedNote.parse(Files.readAllBytes(node.resolve("ledger/finality/checkpoint")));
        Files.write(target.resolve("notes.json"), new NotesMessage(List.of(last), true).encode());
        Files.write(target.resolve("batch.bin"), BatchCodec.encode(proposal(node, genesis, target, last)));
        zip(node, target.resolve("node.zip"));
    }

    /** The first block as its proposal could have been. */
    private static Proposal proposal(Path node, Genesis genesis, Path fixture, SignedNote clock) throws IOException {
        SignatureVerifier key = FixtureDirectory.log(fixture, genesis).verifier();
        List<Candidate> candidates = new ArrayList<>();
        try (StoppedLog log = StoppedLog.open(node.resolve("ledger/log"), genesis.origin(), key)) {
            for (long index = 2;
                    Entry.decode(log.entry(index)) instanceof Entry.TransactionEntry(byte[] jws);
                    index++) {
                candidates.add(Candidate.of(jws));
            }
        }
        return new Proposal(Instant.ofEpochMilli(1_800_000_000_000L), List.of(clock), candidates);
    }

    private static void zip(Path node, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(9);
            for (String part : PARTS) {
                try (Stream<Path> files = Files.walk(node.resolve(part))) {
                    for (Path one : files.filter(Files::isRegularFile).sorted().toList()) {
                        if (isWorthKeeping(one)) {
                            zip.putNextEntry(new ZipEntry(node.relativize(one).toString()));
                            Files.copy(one, zip);
                            zip.closeEntry();
                        }
                    }
                }
            }
        }
    }

    /** Not locks, nor what RocksDB tells people. */
    private static boolean isWorthKeeping(Path file) {
        String name = file.getFileName().toString();
        return !name.equals("lock") && !name.equals("LOCK") && !name.equals("in_use.lock") && !name.startsWith("LOG");
    }
}
