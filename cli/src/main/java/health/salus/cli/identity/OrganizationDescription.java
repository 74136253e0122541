package health.salus.cli.identity;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.contracts.network.NetworkAction.AdmitOrganization;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import health.salus.ledger.contract.Arguments;
import health.salus.ledger.contract.InvalidArgumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a network is told about an organization, in a file {@code organization.json}: the arguments that admit it. */
final class OrganizationDescription {
    private OrganizationDescription() {}

    /** Reads a file. @throws CommandException if it describes no organization */
    static AdmitOrganization read(Path file) throws IOException {
        try {
            return read(JsonReader.object(Files.readAllBytes(file)));
        } catch (JsonException | InvalidArgumentException e) {
            throw new CommandException(ExitCode.USAGE, file + " describes no organization (" + e.getMessage() + ")", e);
        }
    }

    /** The same description if the ledger would accept it. @throws CommandException if not */
    static AdmitOrganization checked(AdmitOrganization description) {
        try {
            return read(description.arguments());
        } catch (InvalidArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static AdmitOrganization read(JsonObject object) {
        Arguments arguments = Arguments.of(object);
        AdmitOrganization description = new AdmitOrganization(
                arguments.organization("organization"),
                arguments.key("authority"),
                arguments.url("gateway"),
                arguments.ed25519Key("log"));
        arguments.end();
        if (description.gateway().endsWith("/")) {
            throw new InvalidArgumentException("gateway: expected no slash at the end");
        }
        return description;
    }
}
