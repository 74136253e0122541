package health.salus.cli.demo;

import health.salus.cli.identity.NewOrganization;
import health.salus.cli.identity.NewOrganization.NodeAddress;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Candidate;
import health.salus.contracts.rule.Codes;
import health.salus.identity.Credential;
import health.salus.identity.Enrollment;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.Role;
import health.salus.node.organization.NodeKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An organization of the demo, made as {@code salus org create} does, in a directory of its own with a key store for each
 * member beside the organization's. Not thread-safe.
 */
final class Institution {
    private static final Duration VALIDITY = Duration.ofDays(365);

    private final NewOrganization organization;
    private final Path directory;
    private final KeyStorePassword password;
    private final KeyStoreFile nodeKeys;
    private final List<Member> members = new ArrayList<>();

    private Institution(
            NewOrganization organization, Path directory, KeyStorePassword password, KeyStoreFile nodeKeys) {
        this.organization = organization;
        this.directory = directory;
        this.password = password;
        this.nodeKeys = nodeKeys;
    }

    /**
     * Makes an organization and its keys.
     *
     * @param node address of the node that it lives in
     * @param raft port of that node's ordering, if the node is the organization's own
     * @param directory new or empty
     */
    static Institution create(String id, URI node, OptionalInt raft, Path directory, KeyStorePassword password)
            throws IOException {
        Optional<NodeAddress> own = raft.isPresent()
                ? Optional.of(new NodeAddress(node.toString(), node.getHost() + ":" + raft.getAsInt()))
                : Optional.empty();
        NewOrganization organization = NewOrganization.make(id, node + "/" + id + "/fhir", own);
        return new Institution(organization, directory, password, organization.write(directory, password));
    }

    /** Its id on the ledger and in addresses. */
    String id() {
        return organization.description().organization();
    }

    /** Keys of its node, if that is its own. */
    Optional<NodeKeys> ownNodeKeys() {
        return organization.nodeKeys();
    }

    /** What its node signs with. */
    KeyStoreFile nodeKeys() {
        return nodeKeys;
    }

    /** Where that is. */
    Path nodeKeyStore() {
        return NewOrganization.nodeKeyStore(directory);
    }

    /** Certifies a member and keeps the key in {@code <name>.p12}. */
    Member enroll(String name, Role role, Attribute... attributes) {
        Set<String> codes = Arrays.stream(attributes).map(Codes::code).collect(Collectors.toSet());
        Credential credential =
                organization.authorities().ca().enroll(Enrollment.of(id() + " " + name, role, codes, VALIDITY));
        KeyStoreFile.create(directory.resolve(name + ".p12"), password).put("member", credential);
        return add(name, credential);
    }

    /** Lets the organization's gateway, whose key the node has, be one of those that the ledger learns of. */
    void addGateway() {
        add("gateway", organization.gateway());
    }

    private Member add(String name, Credential credential) {
        Member member = new Member(name, credential);
        members.add(member);
        return member;
    }

    /** Everybody whom the ledger shall know. */
    List<Member> members() {
        return List.copyOf(members);
    }

    /** The CA that certifies members; the ledger believes it. */
    Credential authority() {
        return organization.authorities().ca().enrollmentCa();
    }

    /** What a network is told about it. */
    Candidate description() {
        return organization.description();
    }
}
