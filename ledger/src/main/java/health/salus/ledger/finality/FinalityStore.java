package health.salus.ledger.finality;

import health.salus.foundation.Sha256;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignedNote;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a node keeps of finality, in a directory: {@code checkpoint}, the newest that is final; {@code handover-<height>},
 * the final checkpoint after each block that changes the witnesses; {@code evidence-<digest>}. All of it can be had from
 * other nodes again. Thread-safe.
 */
final class FinalityStore {
    private static final String CHECKPOINT = "checkpoint";
    private static final String HANDOVER = "handover-";
    private static final String EVIDENCE = "evidence-";
    private static final int MOST_EVIDENCE = 1_000;

    private final Path directory;

    FinalityStore(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory, e);
        }
    }

    Optional<SignedNote> checkpoint() {
        return read(directory.resolve(CHECKPOINT));
    }

    /** Without forcing: an older one is as true. */
    void keepCheckpoint(SignedNote note) {
        write(CHECKPOINT, note.encode(), false);
    }

    /** By height. */
    Map<Long, SignedNote> handovers() {
        TreeMap<Long, SignedNote> all = new TreeMap<>();
        for (Path file : files(HANDOVER)) {
            String height = file.getFileName().toString().substring(HANDOVER.length());
            read(file).ifPresent(note -> all.put(Long.parseLong(height), note));
        }
        return all;
    }

    void keepHandover(long height, SignedNote note) {
        write(HANDOVER + height, note.encode(), true);
    }

    /** Keeps evidence; the same two checkpoints with more signatures replace those with fewer. */
    void keepEvidence(Evidence evidence) {
        String id = Sha256.of((evidence.one().text() + evidence.other().text()).getBytes(StandardCharsets.UTF_8))
                .toString();
        String name = EVIDENCE + id.substring(0, 16);
        Path file = directory.resolve(name);
        Optional<Evidence> before = Files.exists(file) ? readEvidence(file) : Optional.empty();
        boolean more = before.isEmpty() || signatures(evidence) > signatures(before.get());
        if (more && (Files.exists(file) || files(EVIDENCE).size() < MOST_EVIDENCE)) {
            write(name, evidence.encode(), true);
        }
    }

    List<Evidence> evidence() {
        List<Evidence> all = new ArrayList<>();
        for (Path file : files(EVIDENCE)) {
            readEvidence(file).ifPresent(all::add);
        }
        return all;
    }

    private static int signatures(Evidence evidence) {
        return evidence.one().signatures().size()
                + evidence.other().signatures().size();
    }

    /** Empty: it is damaged. */
    private static Optional<Evidence> readEvidence(Path file) {
        try {
            return Optional.of(Evidence.parse(Files.readString(file)));
        } catch (MalformedInputException | NoteException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Sizes of checkpoints are compared by the caller; a file that is no note counts as missing. */
    private static Optional<SignedNote> read(Path file) {
        try {
            SignedNote note = SignedNote.parse(Files.readAllBytes(file));
            Checkpoint.parse(note.text());
            return Optional.of(note);
        } catch (IOException | NoteException e) {
            return Optional.empty();
        }
    }

    private List<Path> files(String prefix) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(prefix + "[0-9a-f]+"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private synchronized void write(String name, String content, boolean force) {
        Path temporary = directory.resolve("new.tmp");
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
            if (force) {
                out.getFD().sync();
            }
            Files.move(
                    temporary,
                    directory.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            if (force) {
                try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                    names.force(true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + directory.resolve(name), e);
        }
    }
}
