package health.salus.cli.identity;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Candidate;
import health.salus.contracts.network.Node;
import health.salus.contracts.rule.Codes;
import health.salus.identity.Credential;
import health.salus.identity.Enrollment;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.OrganizationCa;
import health.salus.identity.Role;
import health.salus.node.organization.LogKeys;
import health.salus.node.organization.NodeKeys;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * An organization that was just made: its CAs, what its node signs with, and what a network is told about it.
 *
 * <p>Its files are {@code root-ca.p12} (the root CA's key, to be kept offline), {@code ca.p12} (the enrollment CA's, which
 * certifies members), {@code node.p12} (the gateway's certificate, the record log's key and, where the organization
 * runs a node of the ledger, that node's keys) and {@code organization.json} (public).
 *
 * @param gateway certificate of its gateway; the ledger learns it when the organization takes part
 * @param recordLog signs the checkpoints of its record log
 * @param nodeKeys with which its node signs and cosigns the ledger's checkpoints, if it runs one
 */
public record NewOrganization(
        OrganizationCa.Created authorities,
        Credential gateway,
        NoteSigner recordLog,
        Optional<NodeKeys> nodeKeys,
        Candidate description) {
    static final String ROOT_ALIAS = "root-ca";
    static final String CA_ALIAS = "enrollment-ca";
    private static final String GATEWAY_ALIAS = "gateway";
    private static final String NODE_FILE = "node.p12";

    /**
     * Where the organization's node of the ledger is.
     *
     * @param address its base URL
     * @param raft {@code host:port} of its ordering
     */
    public record NodeAddress(String address, String raft) {}

    /** Makes all keys of an organization that runs no node of its own, as {@link #make(String, String, Optional)}. */
    public static NewOrganization make(String id, String gateway) {
        return make(id, gateway, Optional.empty());
    }

    /**
     * Makes all keys.
     *
     * @param gateway base URL of its FHIR gateway
     * @param address of its node, if it runs one
     * @throws CommandException if the ledger would not accept one of these
     */
    public static NewOrganization make(String id, String gateway, Optional<NodeAddress> address) {
        SecureRandom random = new SecureRandom();
        Optional<NodeKeys> nodeKeys = address.map(any -> NodeKeys.generate(random));
        Optional<Node> node = address.flatMap(
                at -> nodeKeys.map(keys -> new Node(at.address(), at.raft(), keys.logKey(), keys.witnessKey())));
        try {
            OrganizationCa.Created authorities = OrganizationCa.create(id, InstantSource.system());
            NoteSigner recordLog = NoteSigner.generate(LogKeys.recordLogOrigin(id), random);
            String logKey = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(recordLog.verifier().publicKey());
            Candidate description = OrganizationDescription.checked(
                    new Candidate(id, authorities.ca().enrollmentCa().key().publicKey(), gateway, logKey, node));
            return new NewOrganization(authorities, gateway(id, authorities.ca()), recordLog, nodeKeys, description);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /** The gateway acts by itself, day and night: its certificate ends just before the CA's. */
    private static Credential gateway(String id, OrganizationCa ca) {
        return ca.enroll(Enrollment.of(
                id + " gateway",
                Role.PEER,
                Set.of(Codes.code(Attribute.GATEWAY)),
                OrganizationCa.ENROLLMENT_CA_VALIDITY.minusDays(1)));
    }

    /** Where the key store of its node is, in the directory of the organization's files. */
    public static Path nodeKeyStore(Path dir) {
        return dir.resolve(NODE_FILE);
    }

    /**
     * Writes its files.
     *
     * @param dir new, or without files of these names
     * @return the key store of its node
     */
    public KeyStoreFile write(Path dir, KeyStorePassword password) throws IOException {
        Files.createDirectories(dir);
        KeyStoreFile.create(dir.resolve("root-ca.p12"), password).put(ROOT_ALIAS, authorities.root());
        KeyStoreFile.create(dir.resolve("ca.p12"), password)
                .put(CA_ALIAS, authorities.ca().enrollmentCa());
        KeyStoreFile node = KeyStoreFile.create(nodeKeyStore(dir), password);
        LogKeys.keepRecordLog(node, recordLog);
        nodeKeys.ifPresent(keys -> LogKeys.keepNode(node, keys));
        node.put(GATEWAY_ALIAS, gateway);
        Files.write(dir.resolve("organization.json"), description.json().canonical());
        return node;
    }
}
