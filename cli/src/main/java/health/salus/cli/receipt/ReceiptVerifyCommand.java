package health.salus.cli.receipt;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.log.TrustOptions;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.receipt.ArchiveCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code salus receipt verify} */
@Command(
        name = "verify",
        description =
                "Verify a receipt offline: the transaction is on the ledger, with this outcome, or the record's commitment.",
        footer = "salus receipt verify receipt.txt --record record.json --log-key ledger.vkey")
final class ReceiptVerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The receipt, or a ZIP file of records that a patient saved.")
    private @Nullable Path file;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "For the receipt of a FHIR resource: the resource in JSON, to be compared with it.")
    private @Nullable Path record;

    @Option(
            names = "--base",
            paramLabel = "URL",
            description = "FHIR base that the resource is from: references below it count as relative. Repeatable.")
    private List<String> bases = List.of();

    @Mixin
    private final TrustOptions trust = new TrustOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Path receipt = Objects.requireNonNull(file); // picocli demands it
        try (InputStream begin = Files.newInputStream(receipt)) {
            if (ArchiveCheck.isOne(begin.readNBytes(4))) {
                return ArchiveReport.show(output, ArchiveCheck.of(receipt, trust.policy(), new OwnBases(bases)))
                        .number();
            }
        }
        String text = new String(Files.readAllBytes(receipt), StandardCharsets.UTF_8);
        ExitCode exitCode = RecordReceiptReport.isOne(text)
                ? RecordReceiptReport.show(
                        output, RecordReceiptReport.check(text, trust.policy(), Optional.ofNullable(record), bases))
                : ReceiptReport.show(output, ReceiptReport.check(receipt, trust.policy()));
        return exitCode.number();
    }
}
