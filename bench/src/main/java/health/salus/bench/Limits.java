package health.salus.bench;

import health.salus.foundation.CryptoProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** What this machine can do at best, measured now: bare library calls, no code of ours around them. */
final class Limits {
    private static final int BATCH = 64;
    private static final int SIGNATURES = 4096; // a power of two

    private Limits() {}

    /**
     * P-256 verifications of 600-byte messages per second, on all cores at once. Of many messages: a processor learns the
     * branches of a single one, which is then verified 7 % faster.
     */
    static double verificationsPerSecond(Duration time) throws GeneralSecurityException {
        Provider provider = CryptoProvider.chosen().provider();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        Signature signer = Signature.getInstance("SHA256withECDSA", provider);
        byte[][] messages = new byte[SIGNATURES][600];
        byte[][] signatures = new byte[SIGNATURES][];
        for (int i = 0; i < SIGNATURES; i++) {
            ByteBuffer.wrap(messages[i]).putInt(i);
            signer.initSign(pair.getPrivate());
            signer.update(messages[i]);
            signatures[i] = signer.sign();
        }
        AtomicInteger next = new AtomicInteger();
        return onAllCores(time, () -> {
            Signature verifier = Signature.getInstance("SHA256withECDSA", provider);
            int first = next.getAndAdd(BATCH);
            for (int i = first; i < first + BATCH; i++) {
                verifier.initVerify(pair.getPublic());
                verifier.update(messages[i & (SIGNATURES - 1)]);
                if (!verifier.verify(signatures[i & (SIGNATURES - 1)])) {
                    throw new IllegalStateException("a good signature did not verify");
                }
            }
            return BATCH;
        });
    }

    /** SHA-256 digests of {@code bytes} bytes per second on one core. */
    static double digestsPerSecond(int bytes, Duration time) {
        MessageDigest digest = CryptoProvider.sha256();
        byte[] input = new byte[bytes];
        long count = 0;
        long start = System.nanoTime();
        long end = start + time.toNanos();
        while (System.nanoTime() < end) {
            for (int i = 0; i < BATCH; i++) {
                byte[] output = digest.digest(input);
                input[0] ^= output[0]; // each depends on the one before, so none can be left out
            }
            count += BATCH;
        }
        return count * 1e9 / (System.nanoTime() - start);
    }

    /** Durations of appending {@code bytes} bytes to a file and forcing them to the disk that holds {@code directory}. */
    static Samples fsync(Path directory, int bytes, int times) throws IOException {
        Path file = Files.createTempFile(directory, "fsync", null);
        Samples samples = new Samples();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocate(bytes);
            for (int i = 0; i < times; i++) {
                buffer.clear();
                long start = System.nanoTime();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(false);
                samples.add(System.nanoTime() - start);
            }
        } finally {
            Files.delete(file);
        }
        return samples;
    }

    /** How many per second {@code work}, which answers how many it did, gets done on every core at once. */
    static double onAllCores(Duration time, Callable<Integer> work) {
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
            long start = System.nanoTime();
            long end = start + time.toNanos();
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < cores; i++) {
                counts.add(threads.submit(() -> {
                    long count = 0;
                    while (System.nanoTime() < end) {
                        count += work.call();
                    }
                    return count;
                }));
            }
            long total = 0;
            for (Future<Long> count : counts) {
                total += count.get();
            }
            return total * 1e9 / (System.nanoTime() - start);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a measurement failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
