package health.salus.cli.access;

import health.salus.cli.client.GatewayClient;
import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.option.PrivateFile;
import health.salus.contracts.access.Terms;
import health.salus.contracts.rule.Codes;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import health.salus.identity.Handle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Terms of a grant in a file that only their owner may read: exactly the bytes that the ledger's commitment is of. */
public final class TermsFile {
    private TermsFile() {}

    /** Writes a new file. */
    public static void create(Path file, Terms terms) throws IOException {
        PrivateFile.create(file, terms.canonical());
    }

    /** Reads a file. @throws CommandException if it does not hold terms, byte for byte */
    public static Terms read(Path file) throws IOException {
        try {
            return Terms.read(Files.readAllBytes(file));
        } catch (JsonException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    file + " does not hold the terms of a grant as they were written (" + e.getMessage() + ")",
                    e);
        }
    }

    /** Hands terms to the custodian whose gateway this is; the ledger must have the request already. */
    public static void deposit(Handle grant, Terms terms, GatewayClient custodian) {
        custodian.post(
                "access/terms",
                JsonObject.builder()
                        .put("grant", grant.value())
                        .put("terms", JsonReader.object(terms.canonical()))
                        .build());
    }

    /** Terms in words, a line each. */
    public static String describe(Terms terms) {
        StringBuilder text = new StringBuilder("purpose of use: ").append(terms.purpose());
        terms.scope()
                .types()
                .forEach((type, categories) -> text.append("\nresources: ")
                        .append(type.equals("*") ? "all other types" : type)
                        .append(categories.isEmpty() ? "" : ", only " + String.join(", ", categories)));
        text.append("\nsecurity labels beside the ordinary: ")
                .append(
                        terms.scope().securityLabels().isEmpty()
                                ? "none"
                                : String.join(", ", terms.scope().securityLabels()));
        text.append("\nways of reading: ")
                .append(terms.scope().interactions().stream().map(Codes::code).collect(Collectors.joining(", ")));
        terms.scope()
                .period()
                .ifPresent(period -> text.append("\ndata from ")
                        .append(period.first())
                        .append(" to ")
                        .append(period.last()));
        return text.toString();
    }
}
