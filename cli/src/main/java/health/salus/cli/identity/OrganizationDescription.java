package health.salus.cli.identity;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.contracts.network.Candidate;
import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import health.salus.ledger.contract.InvalidArgumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a network is told about an organization, in a file {@code organization.json}. */
public final class OrganizationDescription {
    private OrganizationDescription() {}

    /** Reads a file. @throws CommandException if it describes no organization */
    public static Candidate read(Path file) throws IOException {
        try {
            return Candidate.ofJson(JsonReader.object(Files.readAllBytes(file)));
        } catch (JsonException | InvalidArgumentException e) {
            throw new CommandException(ExitCode.USAGE, file + " describes no organization (" + e.getMessage() + ")", e);
        }
    }

    /** The same description if the ledger would accept it. @throws CommandException if not */
    static Candidate checked(Candidate description) {
        try {
            return Candidate.ofJson(description.json());
        } catch (InvalidArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
