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
import health.salus.ledger.verify.LedgerVerifier;
import health.salus.ledger.verify.Verification;
import health.salus.ledger.verify.Verification.Finding;
import health.salus.tlog.CorruptLogException;
import health.salus.tlog.LogReader;
import health.salus.tlog.ReadableLog;
import health.salus.tlog.StoppedLog;
import health.salus.tlog.TileSource;
import health.salus.tlog.note.SignatureVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code salus verify} */
@Command(
        name = "verify",
        description =
                "Verify offline a ledger's directory, an exported log, or a receipt, from the first entry to the last.",
        footer = "salus verify data/ledger --log-key ledger.vkey")
public final class VerifyCommand implements Callable<Integer> {
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
        SignatureVerifier key = trust.logKey();
        try {
            return verifyDirectory(target, key).number();
        } catch (CorruptLogException e) {
            Finding finding = new Finding("log", String.valueOf(e.getMessage()));
            return VerificationReport.show(output, new Verification.Damaged(List.of(finding)))
                    .number();
        }
    }

    private ExitCode verifyDirectory(Path dir, SignatureVerifier key) throws IOException {
        boolean ledger = Files.isDirectory(dir.resolve("log"));
        Path directory = ledger ? dir.resolve("log") : dir;
        if (!StoppedLog.isIn(directory)) {
            return verify(open(directory, key), dir.resolve("state"));
        }
        try (StoppedLog log = StoppedLog.open(directory, key.name(), key)) {
            if (ledger && log.head().size() == 0) {
                throw new CommandException(ExitCode.USAGE, dir + " holds no ledger yet: its log is empty");
            }
            return verify(log, dir.resolve("state"));
        }
    }

    private ExitCode verify(ReadableLog log, Path state) throws IOException {
        return beginsNetwork(log) ? VerificationReport.show(output, verifyLedger(log, state)) : verifyLog(log);
    }

    private static LogReader open(Path dir, SignatureVerifier key) {
        if (!Files.exists(dir.resolve("checkpoint"))) {
            throw new CommandException(
                    ExitCode.USAGE, dir + " holds no log (expected: a file 'checkpoint' and a directory 'tile')");
        }
        return LogReader.open(TileSource.directory(dir), key.name(), key);
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
