package health.salus.ledger.verify;

import health.salus.ledger.LedgerDamagedException;
import health.salus.ledger.block.Entry;
import health.salus.ledger.receipt.Handover;
import health.salus.tlog.ReadableLog;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.proof.PolicyCheck;
import health.salus.tlog.proof.TlogProof;
import health.salus.tlog.proof.TrustPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What lies beside a ledger's log, or beside an export of it, and shows to those who trust no node how far it is final. A
 * directory has it as {@code finality/checkpoint} and {@code finality/handover-<height>}. Nothing of it is believed before
 * {@link #check}.
 *
 * @param checkpoint the newest with cosignatures
 * @param handovers the checkpoints after blocks that change the witnesses, by height
 */
public record FinalityProof(SignedNote checkpoint, SortedMap<Long, SignedNote> handovers) {
    private static final String DIRECTORY = "finality";
    private static final String CHECKPOINT = "checkpoint";
    private static final String HANDOVER = "handover-";
    private static final Pattern HANDOVER_FILE = Pattern.compile(HANDOVER + "(0|[1-9][0-9]{0,17})");

    public FinalityProof {
        handovers = Collections.unmodifiableSortedMap(new TreeMap<>(handovers));
    }

    /**
     * Reads what a ledger's directory or an export has. Where it has no {@code finality/checkpoint}, the log's own checkpoint
     * is the newest: it may have cosignatures too, and in a network without witnesses needs none.
     *
     * @return empty: there is no checkpoint at all
     * @throws LedgerDamagedException if a file is malformed
     */
    public static Optional<FinalityProof> read(Path dir) throws IOException {
        for (String name : List.of(DIRECTORY + "/" + CHECKPOINT, CHECKPOINT, "log/" + CHECKPOINT)) {
            Path file = dir.resolve(name);
            if (Files.exists(file)) {
                return Optional.of(new FinalityProof(note(file), handovers(dir.resolve(DIRECTORY))));
            }
        }
        return Optional.empty();
    }

    private static SortedMap<Long, SignedNote> handovers(Path dir) throws IOException {
        SortedMap<Long, SignedNote> handovers = new TreeMap<>();
        if (Files.isDirectory(dir)) {
            try (Stream<Path> files = Files.list(dir)) {
                for (Path file : files.toList()) {
                    Matcher name = HANDOVER_FILE.matcher(file.getFileName().toString());
                    if (name.matches()) {
                        handovers.put(Long.parseLong(name.group(1)), note(file));
                    }
                }
            }
        }
        return handovers;
    }

    private static SignedNote note(Path file) throws IOException {
        try {
            SignedNote note = SignedNote.parse(Files.readAllBytes(file));
            Checkpoint.parse(note.text());
            return note;
        } catch (NoteException e) {
            throw new LedgerDamagedException(
                    file + " is no checkpoint: " + e.getMessage() + "; take it from another copy or export", e);
        }
    }

    /** Writes it into {@code dir}, where {@link #read} finds it. */
    public void write(Path dir) {
        try {
            Path finality = Files.createDirectories(dir.resolve(DIRECTORY));
            for (Map.Entry<Long, SignedNote> handover : handovers.entrySet()) {
                write(finality.resolve(HANDOVER + handover.getKey()), handover.getValue());
            }
            write(finality.resolve(CHECKPOINT), checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + dir, e);
        }
    }

    private static void write(Path file, SignedNote note) throws IOException {
        Files.write(file, note.encode().getBytes(StandardCharsets.UTF_8));
    }

    /** Name of the log that the checkpoint is of. */
    public String origin() {
        return stated().origin();
    }

    private Checkpoint stated() {
        return Checkpoint.parse(checkpoint.text());
    }

    /**
     * How far {@code log} is final.
     *
     * @param trusted the witnesses of any time before the checkpoint, and the logs that they let speak
     * @throws health.salus.tlog.CorruptLogException if the log is damaged
     */
    public FinalityCheck check(ReadableLog log, TrustPolicy trusted) {
        List<Handover> steps = new ArrayList<>();
        handovers.values().forEach(note -> handover(note, log).ifPresent(steps::add));
        return switch (Handover.follow(steps, trusted, checkpoint).check(checkpoint)) {
            case PolicyCheck.Refused(String reason) ->
                new FinalityCheck.NotFinal("of the newest checkpoint, of " + stated().size() + " entries, with "
                        + handovers.size() + " handovers beside it: " + reason
                        + "; expected: a policy of the witnesses of this network of any earlier time");
            case PolicyCheck.Trusted cosigned -> compare(log, cosigned);
        };
    }

    private static FinalityCheck compare(ReadableLog log, PolicyCheck.Trusted cosigned) {
        Checkpoint said = cosigned.checkpoint();
        long held = log.head().size();
        if (!said.origin().equals(log.origin())) {
            return new FinalityCheck.Contradicted("the cosigned checkpoint is of " + said.origin());
        }
        if (said.size() > held) {
            return new FinalityCheck.Contradicted("witnesses cosigned " + said.size() + " entries but the log has "
                    + held + "; take the rest from another node or an export");
        }
        if (said.size() == 0 || !log.head(said.size()).root().equals(said.root())) {
            return new FinalityCheck.Contradicted("witnesses cosigned another root than the log has at " + said.size()
                    + " entries; keep both, and compare with another node's export");
        }
        return Entry.headerAt(log, said.size())
                .<FinalityCheck>map(last -> new FinalityCheck.Final(last.height(), said.size(), cosigned.witnesses()))
                .orElseGet(() -> new FinalityCheck.Contradicted(
                        "the cosigned checkpoint ends inside a block, at entry " + (said.size() - 1)));
    }

    private static Optional<Handover> handover(SignedNote note, ReadableLog log) {
        long end = Checkpoint.parse(note.text()).size();
        return Entry.headerAt(log, end)
                .map(header -> new Handover(header, TlogProof.of(log.inclusionProof(end - 1, end), note)));
    }
}
