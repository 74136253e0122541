package health.salus.cli.ledger;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.console.Progress;
import health.salus.cli.log.TrustOptions;
import health.salus.cli.receipt.ReceiptReport;
import health.salus.contracts.NetworkRules;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.block.Entry;
import health.salus.ledger.verify.FinalityCheck;
import health.salus.ledger.verify.FinalityProof;
import health.salus.ledger.verify.LedgerVerifier;
import health.salus.ledger.verify.Verification;
import health.salus.ledger.verify.Verification.Finding;
import health.salus.tlog.CorruptLogException;
import health.salus.tlog.LogReader;
import health.salus.tlog.ReadableLog;
import health.salus.tlog.StoppedLog;
import health.salus.tlog.TileSource;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.proof.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus verify} */
@Command(
        name = "verify",
        description =
                "Verify offline a ledger's directory, an exported log, or a receipt, from the first entry to the last; "
                        + "with the network's policy also how far the ledger is final.",
        footer = "salus verify data/ledger --policy network.policy")
public final class VerifyCommand implements Callable<Integer> {
    private static final String CHECKPOINT = "checkpoint";

    @Parameters(
            paramLabel = "DIR|FILE",
            description =
                    "Directory of a ledger (its node stopped or killed, or a snapshot), exported log, or receipt.")
    private @Nullable Path path;

    @Mixin
    private final TrustOptions trust = new TrustOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Path target = Objects.requireNonNull(path); // picocli demands it
        if (!Files.isDirectory(target)) {
            return ReceiptReport.show(output, ReceiptReport.check(target, trust.policy()))
                    .number();
        }
        try {
            Optional<SignatureVerifier> key = trust.logKey();
            ExitCode exitCode =
                    key.isPresent() ? verifyByKey(target, key.get()) : verifyByPolicy(target, trust.policy());
            return exitCode.number();
        } catch (CorruptLogException e) {
            return damaged("log", String.valueOf(e.getMessage())).number();
        } catch (NoteException e) {
            return damaged("log", "malformed checkpoint: " + e.getMessage()).number();
        }
    }

    private ExitCode damaged(String part, String what) {
        return VerificationReport.show(output, new Verification.Damaged(List.of(new Finding(part, what))));
    }

    private ExitCode verifyByKey(Path dir, SignatureVerifier key) throws IOException {
        Path directory = logIn(dir);
        if (!StoppedLog.isIn(directory)) {
            requireCheckpoint(directory);
            return verify(LogReader.open(TileSource.directory(directory), key.name(), key), dir);
        }
        try (StoppedLog log = StoppedLog.open(directory, key.name(), key)) {
            return verify(log, dir);
        }
    }

    /** The witnesses vouch for the log, so that nobody has to know the key of the node that it is from. */
    private ExitCode verifyByPolicy(Path dir, TrustPolicy policy) throws IOException {
        Path directory = logIn(dir);
        FinalityProof proof = FinalityProof.read(dir)
                .orElseThrow(() -> new CommandException(ExitCode.USAGE, dir + " holds no checkpoint that is signed"));
        if (!StoppedLog.isIn(directory)) {
            requireCheckpoint(directory);
            SignedNote published = SignedNote.parse(Files.readAllBytes(directory.resolve(CHECKPOINT)));
            return verify(LogReader.open(TileSource.directory(directory), published), dir, proof, policy);
        }
        try (StoppedLog log = StoppedLog.open(directory, proof.origin())) {
            return verify(log, dir, proof, policy);
        }
    }

    private static Path logIn(Path dir) {
        return Files.isDirectory(dir.resolve("log")) ? dir.resolve("log") : dir;
    }

    private ExitCode verify(ReadableLog log, Path dir) throws IOException {
        requireEntries(log, dir);
        return beginsNetwork(log)
                ? VerificationReport.show(output, verifyLedger(log, dir.resolve("state")))
                : verifyLog(log);
    }

    private ExitCode verify(ReadableLog log, Path dir, FinalityProof proof, TrustPolicy policy) throws IOException {
        requireEntries(log, dir);
        if (!beginsNetwork(log)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    dir + " holds no ledger; another log is verified with its key (expected: --log-key)");
        }
        return switch (proof.check(log, policy)) {
            case FinalityCheck.Final found ->
                VerificationReport.show(output, verifyLedger(log, dir.resolve("state")), found);
            case FinalityCheck.NotFinal(String reason) -> VerificationReport.showNotFinal(output, reason);
            case FinalityCheck.Contradicted(String what) -> damaged("finality", what);
        };
    }

    private static void requireEntries(ReadableLog log, Path dir) {
        if (log.head().size() == 0 && Files.isDirectory(dir.resolve("log"))) {
            throw new CommandException(ExitCode.USAGE, dir + " holds no ledger yet: its log is empty");
        }
    }

    private static void requireCheckpoint(Path dir) {
        if (!Files.exists(dir.resolve(CHECKPOINT))) {
            throw new CommandException(
                    ExitCode.USAGE, dir + " holds no log (expected: a file 'checkpoint' and a directory 'tile')");
        }
    }

    private static boolean beginsNetwork(ReadableLog log) {
        try {
            return log.head().size() > 0 && Entry.decode(log.entry(0)) instanceof Entry.GenesisEntry;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private ExitCode verifyLog(ReadableLog log) {
        long size = log.head().size();
        try (Progress progress = output.progress("verifying entries")) {
            log.verify(entries -> progress.at(entries, size));
        }
        output.show(
                JsonObject.builder()
                        .put("clean", true)
                        .put("origin", log.origin())
                        .put("entries", size)
                        .put("root", log.head().root().base64Url())
                        .build(),
                output.good("clean") + ": log " + log.origin() + ", " + size + " entries");
        return ExitCode.OK;
    }

    private Verification verifyLedger(ReadableLog log, Path state) throws IOException {
        try (Scratch scratch = Scratch.create();
                Progress progress = output.progress("verifying entries")) {
            int threads = Runtime.getRuntime().availableProcessors();
            LedgerVerifier verifier =
                    new LedgerVerifier(log, NetworkRules.rules(), scratch.dir(), threads, progress::at);
            return Files.isDirectory(state) ? verifier.verify(state) : verifier.verify();
        }
    }
}
