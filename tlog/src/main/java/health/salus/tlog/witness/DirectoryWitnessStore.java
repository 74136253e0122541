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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers in a directory, locked against other processes: {@code <SHA-256 of the origin>.cosigned}, which is a
 * {@link LastNote}, and, for each equivocation, {@code <SHA-256 of the origin>.equivocation-<SHA-256 of the other text>} with
 * both notes. What is in a {@code <SHA-256 of the origin>.checkpoint} alone, a note as text, was written by release 0.1.
 */
public final class DirectoryWitnessStore implements WitnessStore, Closeable {
    private final Path directory;
    private final FileChannel lock;
    private final Map<String, LastNote> open = new HashMap<>(); // by origin

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
        Optional<LastNote> last = last(origin);
        if (last.isPresent()) {
            return Optional.of(last.get().note());
        }
        Path file = earlier(origin);
        return Files.exists(file) ? Optional.of(SignedNote.parse(Files.readAllBytes(file))) : Optional.empty();
    }

    @Override
    public void save(String origin, SignedNote note) throws IOException {
        Optional<LastNote> last = last(origin);
        if (last.isPresent()) {
            last.get().replace(note);
        } else {
            replace(file(origin), LastNote.first(note));
            Files.deleteIfExists(earlier(origin));
        }
    }

    private Optional<LastNote> last(String origin) throws IOException {
        LastNote known = open.get(origin);
        if (known == null && Files.exists(file(origin))) {
            known = LastNote.open(file(origin));
            open.put(origin, known);
        }
        return Optional.ofNullable(known);
    }

    @Override
    public void saveEquivocation(String origin, SignedNote cosigned, SignedNote other) throws IOException {
        Path file = directory.resolve(digest(origin) + ".equivocation-" + digest(other.text()));
        replace(file, (cosigned.encode() + "\n" + other.encode()).getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String origin) {
        return directory.resolve(digest(origin) + ".cosigned");
    }

    private Path earlier(String origin) {
        return directory.resolve(digest(origin) + ".checkpoint");
    }

    private static Sha256 digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private void replace(Path file, byte[] content) throws IOException {
        Path temporary = directory.resolve("new.tmp");
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
            out.write(content);
            out.getFD().sync();
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            for (LastNote last : open.values()) {
                last.close();
            }
        }
    }
}
