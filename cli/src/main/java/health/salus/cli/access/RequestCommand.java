package health.salus.cli.access;

import health.salus.cli.client.GatewayClient;
import health.salus.cli.client.GatewayRefusedException;
import health.salus.cli.client.NodeClient;
import health.salus.cli.client.NodeUnavailableException;
import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.MomentConverter;
import health.salus.cli.option.NodeOptions;
import health.salus.cli.option.PatientOption;
import health.salus.cli.transaction.SigningOptions;
import health.salus.contracts.access.Access;
import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.Terms;
import health.salus.contracts.network.Members;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.Credential;
import health.salus.identity.Handle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus request} */
@Command(
        name = "request",
        description =
                "Ask a patient for access: write the terms to a file, give them to the custodian, tell the ledger.",
        footer = "salus request --patient HANDLE --type Observation=laboratory --purpose TREAT "
                + "--until P30D --terms terms.json --keystore clinic/alice.p12 --password-file clinic/password")
public final class RequestCommand implements Callable<Integer> {
    @Mixin
    private final PatientOption patient = new PatientOption();

    @Mixin
    private final ScopeOptions scope = new ScopeOptions();

    @Option(
            names = "--from",
            converter = MomentConverter.class,
            paramLabel = "MOMENT",
            description = "When the access begins. Default: now.")
    private @Nullable Instant from;

    @Option(
            names = "--until",
            required = true,
            converter = MomentConverter.class,
            paramLabel = "MOMENT",
            description = "When the access ends: 2027-03-01T12:00:00Z, 2027-03-01, or from now on P30D or PT8H.")
    private @Nullable Instant until;

    @Option(
            names = "--terms",
            required = true,
            paramLabel = "FILE",
            description = "New file for the terms; keep it, reading needs it.")
    private @Nullable Path file;

    @Mixin
    private final SigningOptions signing = new SigningOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Terms terms = scope.terms();
        Handle grant = Handle.random();
        AccessAction.Request request = new AccessAction.Request(grant, patient.handle(), terms.commitment(), period());
        Credential requester = signing.key().credential();
        TermsFile.create(Objects.requireNonNull(file), terms);
        int exitCode = signing.transaction()
                .send(
                        output,
                        request,
                        requester,
                        "requested grant " + grant + " with the terms in " + file,
                        JsonObject.builder()
                                .put("grant", grant.value())
                                .put("terms", terms.commitment().digest().base64Url())
                                .build());
        if (exitCode == ExitCode.OK.number() && !signing.transaction().printOnly()) {
            deposit(grant, terms, requester);
        }
        return exitCode;
    }

    private void deposit(Handle grant, Terms terms, Credential requester) {
        NodeOptions node = signing.transaction().node();
        NodeClient client = node.client();
        URI gateway = new Access(client.state())
                .patient(patient.handle())
                .flatMap(found -> new Members(client.state()).organization(found.custodian()))
                .map(custodian -> URI.create(custodian.gateway()))
                .orElseThrow(
                        () -> new CommandException(ExitCode.UNAVAILABLE, "the custodian is not on the ledger yet"));
        try {
            TermsFile.deposit(grant, terms, GatewayClient.of(gateway, requester, node.timeout()));
        } catch (NodeUnavailableException | GatewayRefusedException e) {
            throw new CommandException(
                    ExitCode.UNAVAILABLE,
                    "requested, but the custodian does not have the terms yet (" + e.getMessage()
                            + "); hand them over with 'salus terms deposit'",
                    e);
        }
    }

    private Period period() {
        try {
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            return new Period(from == null ? now : from, Objects.requireNonNull(until));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
