package health.salus.cli.identity;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.contracts.network.NetworkAction.AdmitOrganization;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.OrganizationCa;
import health.salus.identity.Secret;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;

/**
 * An organization that was just made: its CAs, the key of its record log, and what a network is told about it.
 *
 * <p>Its files are {@code root-ca.p12} (the root CA's key, to be kept offline), {@code ca.p12} (the enrollment CA's, which
 * certifies members), {@code node.p12} (what its node signs with) and {@code organization.json} (public).
 */
record NewOrganization(OrganizationCa.Created authorities, NoteSigner recordLog, AdmitOrganization description) {
    static final String ROOT_ALIAS = "root-ca";
    static final String CA_ALIAS = "enrollment-ca";
    private static final String RECORD_LOG_ALIAS = "record-log";

    /** Makes all keys. @throws CommandException if the ledger would not accept id or gateway */
    static NewOrganization make(String id, String gateway) {
        try {
            OrganizationCa.Created authorities = OrganizationCa.create(id, InstantSource.system());
            NoteSigner recordLog = NoteSigner.generate("salus/" + id + "/records", new SecureRandom());
            String logKey = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(recordLog.verifier().publicKey());
            AdmitOrganization description = OrganizationDescription.checked(new AdmitOrganization(
                    id, authorities.ca().enrollmentCa().key().publicKey(), gateway, logKey));
            return new NewOrganization(authorities, recordLog, description);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Writes its files. @return the key store of its node */
    KeyStoreFile write(Path dir, KeyStorePassword password) throws IOException {
        Files.createDirectories(dir);
        KeyStoreFile.create(dir.resolve("root-ca.p12"), password).put(ROOT_ALIAS, authorities.root());
        KeyStoreFile.create(dir.resolve("ca.p12"), password)
                .put(CA_ALIAS, authorities.ca().enrollmentCa());
        KeyStoreFile node = KeyStoreFile.create(dir.resolve("node.p12"), password);
        node.put(RECORD_LOG_ALIAS, secret(recordLog));
        Files.write(dir.resolve("organization.json"), description.arguments().canonical());
        return node;
    }

    /** Alias of the key of the log of the network with this id. */
    static String ledgerLogAlias(String network) {
        return "ledger-" + network.replace('.', '-');
    }

    static Secret secret(NoteSigner signer) {
        return Secret.of(signer.secretText().getBytes(StandardCharsets.US_ASCII));
    }
}
