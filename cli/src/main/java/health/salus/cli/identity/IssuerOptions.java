package health.salus.cli.identity;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.KeyStoreOptions;
import health.salus.cli.transaction.TransactionOptions;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.Credential;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.P256Certificate;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** Mix-in of commands by which an organization's CA says on the ledger whom it certified. */
final class IssuerOptions {
    @Mixin
    private final KeyStoreOptions ca = new KeyStoreOptions();

    @Mixin
    private final TransactionOptions transaction = new TransactionOptions();

    /** The enrollment CA. @throws CommandException if the key store has none */
    Credential issuer() {
        return ca.open()
                .credential(NewOrganization.CA_ALIAS)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        "key store " + ca.file()
                                + " is not that of a CA (expected: the ca.p12 of 'salus org create')"));
    }

    /** The password in {@code file}, or that of the CA's key store where there is none. */
    KeyStorePassword password(@Nullable Path file) {
        return file == null ? ca.password() : KeyStorePassword.ofFile(file);
    }

    /**
     * Makes a certificate known to the ledger.
     *
     * @param done what it means if it was accepted, for people
     * @return exit code
     */
    int announce(Output output, Credential issuer, P256Certificate certificate, String done) {
        return transaction.send(
                output,
                CertificateOnLedger.enrollment(certificate),
                issuer.key().publicKey().thumbprint(),
                issuer.key(),
                done,
                JsonObject.builder()
                        .put("kid", certificate.thumbprint().base64Url())
                        .build());
    }
}
