package health.salus.cli.demo;

import health.salus.ledger.block.Entry;
import health.salus.ledger.block.Entry.TransactionEntry;
import health.salus.ledger.transaction.Transaction;
import health.salus.tlog.ReadableLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks through everything that a ledger stores: all files as they are, and what the transactions in the log say. */
final class PrivacyScan {
    private final Needles needles;
    private long bytes;
    private int found;

    PrivacyScan(Needles needles) {
        this.needles = needles;
    }

    /** Looks through every file under {@code directory}. */
    void files(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            bytes(Files.readAllBytes(file));
        }
    }

    /** Looks through every entry of {@code log}; what a transaction says is in base64url, so it is decoded. */
    void entries(ReadableLog log) {
        log.scan(0, log.head().size(), (index, entry) -> {
            if (Entry.decode(entry) instanceof TransactionEntry(byte[] jws)) {
                bytes(Transaction.parse(jws).body().toJson().canonical());
            } else {
                bytes(entry);
            }
        });
    }

    /** Looks through {@code content}. */
    void bytes(byte[] content) {
        bytes += content.length;
        found += needles.countIn(content);
    }

    /** How many bytes were looked through. */
    long length() {
        return bytes;
    }

    /** How often anything was found. */
    int found() {
        return found;
    }
}
