package health.salus.tlog.witness;

import health.salus.foundation.Sha256;
import health.salus.tlog.note.SignedNote;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Remembers in a directory, locked against other processes: {@code <SHA-256 of the origin>.checkpoint} and, for each
 * equivocation, {@code <SHA-256 of the origin>.equivocation-<SHA-256 of the other text>} with both notes.
 */
public final class DirectoryWitnessStore implements WitnessStore, Closeable {
    private final Path directory;
    private final FileChannel lock;

    private DirectoryWitnessStore(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Opens a directory, which is made if missing. @throws IOException if it cannot be used or somebody else uses it */
    public static DirectoryWitnessStore open(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel lock =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() != null) {
                return new DirectoryWitnessStore(directory, lock);
            }
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new IOException("witness directory " + directory + " is in use in this process", e);
        }
        lock.close();
        throw new IOException("witness directory " + directory + " is in use by another process");
    }

    @Override
    public Optional<SignedNote> latest(String origin) throws IOException {
        Path file = checkpoint(origin);
        return Files.exists(file) ? Optional.of(SignedNote.parse(Files.readAllBytes(file))) : Optional.empty();
    }

    @Override
    public void save(String origin, SignedNote note) throws IOException {
        replace(checkpoint(origin), note.encode());
    }

    @Override
    public void saveEquivocation(String origin, SignedNote cosigned, SignedNote other) throws IOException {
        Path file = directory.resolve(digest(origin) + ".equivocation-" + digest(other.text()));
        replace(file, cosigned.encode() + "\n" + other.encode());
    }

    private Path checkpoint(String origin) {
        return directory.resolve(digest(origin) + ".checkpoint");
    }

    private static Sha256 digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private void replace(Path file, String content) throws IOException {
        Path temporary = directory.resolve("new.tmp");
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
