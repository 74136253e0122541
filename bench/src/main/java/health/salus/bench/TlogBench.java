package health.salus.bench;

import health.salus.tlog.TileLog;
import health.salus.tlog.merkle.InclusionProof;
import health.salus.tlog.merkle.MerkleHash;
import health.salus.tlog.note.NoteSigner;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Commitments appended to a record log per second, and proofs from a log of ten million. */
final class TlogBench implements Measurement {
    private static final int ENTRY_BYTES = 33; // kind and commitment
    private static final int BATCH = 2_000;
    private static final int WARM_UP = 1_000_000;
    private static final int ENTRIES = 10_000_000;
    private static final int PROOFS = 5_000;

    @Override
    public String name() {
        return "tlog";
    }

    @Override
    public List<Row> run(Path directory, Consumer<String> said) {
        NoteSigner signer = NoteSigner.generate("bench.example/records", new SecureRandom());
        double digests = Limits.digestsPerSecond(1 + ENTRY_BYTES, Duration.ofSeconds(2));
        try (TileLog log =
                TileLog.open(directory.resolve("records"), signer.verifier().name(), signer)) {
            append(log, WARM_UP);
            said.accept("appending ten million entries");
            long start = System.nanoTime();
            append(log, ENTRIES - WARM_UP);
            double perSecond = (ENTRIES - WARM_UP) * 1e9 / (System.nanoTime() - start);
            return List.of(appended(perSecond, digests), proofs(log, said));
        }
    }

    private static Row appended(double perSecond, double digests) {
        return Row.atLeast(
                "record log, appended",
                perSecond,
                Math.min(200_000, digests / 4),
                "/s/core",
                1,
                "33-byte commitments, durable, " + BATCH + " a batch and fsync; limit: 200,000/s or a quarter of "
                        + Math.round(digests) + " bare digests/s");
    }

    private static Row proofs(TileLog log, Consumer<String> said) {
        Random random = new Random(1);
        Samples samples = new Samples();
        int longest = 0;
        for (int i = 0; i < 2 * PROOFS; i++) {
            long index = random.nextLong(log.head().size());
            long start = System.nanoTime();
            InclusionProof proof = log.inclusionProof(index, log.head().size());
            long took = System.nanoTime() - start;
            if (!proof.check(MerkleHash.leaf(entry(index)), log.head()).isVerified()) {
                throw new IllegalStateException("a proof did not verify");
            }
            longest = Math.max(longest, proof.path().size());
            if (i >= PROOFS) { // the first half warms up
                samples.add(took);
            }
        }
        if (longest > 40) {
            throw new IllegalStateException("a proof of " + longest + " hashes");
        }
        said.accept("proofs: " + samples.summary() + ", at most " + longest + " hashes");
        return Row.atMost(
                "proof from 10 million entries, p99",
                samples.percentileMillis(0.99),
                1,
                "ms",
                "any entry, tiles on disk, at most " + longest + " hashes (allowed: 40); limit: what is asked for; "
                        + samples.summary());
    }

    private static void append(TileLog log, int count) {
        long next = log.head().size();
        long end = next + count;
        while (next < end) {
            List<byte[]> batch = new ArrayList<>(BATCH);
            for (int i = 0; i < BATCH && next < end; i++) {
                batch.add(entry(next++));
            }
            log.append(batch);
        }
    }

    private static byte[] entry(long index) {
        return ByteBuffer.allocate(ENTRY_BYTES).putLong(25, index).array();
    }
}
