package health.salus.ledger.join;

import health.salus.ledger.Directories;
import health.salus.ledger.state.StateImport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a ledger is made beside the old one: {@code <ledger>.joining} until it is whole, {@code <ledger>.replaced} is the
 * old one until the new one is in its place. Whenever the node stops in between, {@link #recover} ends with one of the two.
 */
final class JoinDirectory {
    private static final String FINALITY = "finality";

    private final Path ledger;
    private final Path joining;
    private final Path replaced;

    JoinDirectory(Path ledger) {
        this.ledger = ledger.toAbsolutePath();
        this.joining = this.ledger.resolveSibling(this.ledger.getFileName() + ".joining");
        this.replaced = this.ledger.resolveSibling(this.ledger.getFileName() + ".replaced");
    }

    Path ledger() {
        return ledger;
    }

    Path log() {
        return Directories.log(ledger);
    }

    Path state() {
        return Directories.state(ledger);
    }

    Path made() {
        return joining;
    }

    Path newLog() {
        return Directories.log(joining);
    }

    Path newState() {
        return Directories.state(joining);
    }

    /** Tiles that need not be fetched. */
    Optional<Path> ownTiles() {
        return Optional.of(log()).filter(Files::isDirectory);
    }

    /** Height of the state that an interrupted run was making. */
    Optional<Long> begun() {
        return StateImport.begun(newState());
    }

    void dropState() {
        delete(newState());
    }

    /** What an interrupted run has left is of no use any more. */
    void drop() {
        delete(joining);
    }

    private static void delete(Path dir) {
        if (Files.exists(dir)) {
            Directories.delete(dir);
        }
    }

    /** Ends what was interrupted. */
    void recover() {
        if (Files.exists(replaced)) {
            if (Files.exists(ledger)) {
                keepEvidence();
                keepEarlier();
                Directories.delete(replaced);
            } else {
                move(replaced, ledger);
            }
        }
    }

    /** Puts the new ledger in the place of the old one, whose state becomes the new one's earlier state. */
    void install() {
        Directories.force(joining.resolve(FINALITY)); // log and state are durable already
        Directories.forceNames(joining);
        if (Files.exists(ledger)) {
            move(ledger, replaced);
        }
        move(joining, ledger);
        recover();
    }

    private void keepEvidence() {
        Path finality = replaced.resolve(FINALITY);
        if (Files.isDirectory(finality)) {
            try (DirectoryStream<Path> evidence = Files.newDirectoryStream(finality, "evidence-*")) {
                evidence.forEach(file -> move(file, ledger.resolve(FINALITY).resolve(file.getFileName())));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list " + finality, e);
            }
        }
    }

    private void keepEarlier() {
        Path earlier = Directories.earlier(replaced);
        Path executed = Files.exists(earlier) ? earlier : Directories.state(replaced);
        if (Files.exists(executed) && !Files.exists(Directories.earlier(ledger))) {
            move(executed, Directories.earlier(ledger));
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            Directories.forceNames(Objects.requireNonNull(to.getParent()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move " + from + " to " + to, e);
        }
    }
}
