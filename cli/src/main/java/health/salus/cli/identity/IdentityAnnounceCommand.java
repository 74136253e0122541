package health.salus.cli.identity;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.KeyEntry;
import health.salus.identity.Credential;
import health.salus.identity.KeyStoreFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salus identity announce} */
@Command(
        name = "announce",
        description =
                "Make the certificate in a key store known to the ledger, as its CA: a node's gateway, or a member "
                        + "who was enrolled while no node answered.",
        footer =
                "salus identity announce --keystore hospital/ca.p12 --member hospital/node.p12 --password-file password")
final class IdentityAnnounceCommand implements Callable<Integer> {
    @Mixin
    private final IssuerOptions ca = new IssuerOptions();

    @Option(
            names = "--member",
            required = true,
            paramLabel = "FILE",
            description = "Key store with the one certificate that is to be known.")
    private @Nullable Path member;

    @Option(
            names = "--member-password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password of that key store. Default: that of the CA's.")
    private @Nullable Path memberPassword;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Credential issuer = ca.issuer();
        Credential credential = certified();
        if (!credential.chain().certificates().contains(issuer.chain().endEntity())) {
            throw new CommandException(
                    ExitCode.USAGE, "the certificate in " + member + " is of another CA (expected: one of this CA)");
        }
        return ca.announce(
                output,
                issuer,
                credential.chain().endEntity(),
                "the ledger knows " + credential.kid().base64Url() + " of " + member);
    }

    private Credential certified() {
        Path file = Objects.requireNonNull(member); // picocli demands it
        List<Credential> credentials = KeyEntry.of(KeyStoreFile.open(file, ca.password(memberPassword))).stream()
                .map(KeyEntry::signer)
                .filter(Credential.class::isInstance)
                .map(Credential.class::cast)
                .toList();
        if (credentials.size() != 1) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "key store " + file + " has " + credentials.size() + " certificates (expected: just one)");
        }
        return credentials.getFirst();
    }
}
