package health.salus.cli.access;

import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.Terms;
import health.salus.identity.Handle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code salus approve} */
@Command(
        name = "approve",
        description =
                "Allow what an organization asked, as the patient or a substitute; the signature covers the terms.",
        footer = "salus approve --grant HANDLE --terms terms.json --keystore patient.p12 --password-file password")
public final class ApproveCommand extends GrantDecisionCommand {
    @Option(
            names = "--terms",
            required = true,
            paramLabel = "FILE",
            description = "The terms that are approved, as 'salus request' wrote them.")
    private @Nullable Path file;

    @Override
    AccessAction action(Handle grant) throws IOException {
        Terms terms = TermsFile.read(Objects.requireNonNull(file)); // picocli demands it
        output().note(TermsFile.describe(terms));
        return new AccessAction.Approve(grant, terms.commitment());
    }

    @Override
    String done() {
        return "approved";
    }
}
