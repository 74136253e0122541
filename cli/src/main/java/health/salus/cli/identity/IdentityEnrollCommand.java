package health.salus.cli.identity;

import health.salus.cli.client.NodeUnavailableException;
import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.CodeConverter;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.rule.Codes;
import health.salus.identity.Credential;
import health.salus.identity.Enrollment;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.OrganizationCa;
import health.salus.identity.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus identity enroll} */
@Command(
        name = "enroll",
        description = "Certify a new key by an organization's CA, store it, and make it known to the ledger.",
        footer = "salus identity enroll --keystore clinic/ca.p12 --password-file clinic/password --name \"A. Example\" "
                + "--attribute clinician --out clinic/alice.p12")
final class IdentityEnrollCommand implements Callable<Integer> {
    /** Alias of the new key in its key store. */
    private static final String ALIAS = "member";

    @Mixin
    private final IssuerOptions ca = new IssuerOptions();

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "Common name in the certificate; it does not go on the ledger.")
    private @Nullable String name;

    @Option(
            names = "--role",
            converter = Roles.class,
            completionCandidates = Roles.class,
            defaultValue = "client",
            paramLabel = "ROLE",
            description = "Role: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Role role = Role.CLIENT;

    @Option(
            names = "--attribute",
            split = ",",
            converter = Attributes.class,
            completionCandidates = Attributes.class,
            paramLabel = "CODE",
            description = "What the organization vouches for: ${COMPLETION-CANDIDATES}. Repeatable.")
    private List<Attribute> attributes = List.of();

    @Option(
            names = "--validity",
            defaultValue = "P365D",
            paramLabel = "DURATION",
            description = "How long the certificate is valid. Default: ${DEFAULT-VALUE}.")
    private Duration validity = Duration.ofDays(365);

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "New key store for the key.")
    private @Nullable Path out;

    @Option(
            names = "--out-password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password of the new key store. Default: that of the CA's.")
    private @Nullable Path outPassword;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Credential issuer = ca.issuer();
        Enrollment enrollment = enrollment();
        KeyStoreFile store = KeyStoreFile.create(Objects.requireNonNull(out), ca.password(outPassword));
        Credential member = OrganizationCa.of(issuer, InstantSource.system()).enroll(enrollment);
        store.put(ALIAS, member);
        try {
            return ca.announce(
                    output,
                    issuer,
                    member.chain().endEntity(),
                    "enrolled " + member.kid().base64Url() + " in " + out);
        } catch (NodeUnavailableException e) {
            throw new CommandException(
                    ExitCode.UNAVAILABLE,
                    "the key is in " + out + ", but the ledger does not know it yet (" + e.getMessage()
                            + "); tell it later with 'salus identity announce'",
                    e);
        }
    }

    private Enrollment enrollment() {
        Set<String> codes = attributes.stream().map(Codes::code).collect(Collectors.toSet());
        try {
            return Enrollment.of(Objects.requireNonNull(name), role, codes, validity); // picocli demands a name
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    static final class Roles extends CodeConverter<Role> {
        Roles() {
            super(Role.class);
        }
    }

    static final class Attributes extends CodeConverter<Attribute> {
        Attributes() {
            super(Attribute.class);
        }
    }
}
