package health.salus.cli.demo;

import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.NetworkAction.AdmitOrganization;
import health.salus.contracts.rule.Codes;
import health.salus.identity.Credential;
import health.salus.identity.Enrollment;
import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.identity.OrganizationCa;
import health.salus.identity.Role;
import health.salus.node.organization.LogKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An organization of the demo with all its keys, in a directory of its own: {@code root-ca.p12}, {@code ca.p12},
 * {@code node.p12} for its node, and a key store for each member. Not thread-safe.
 */
final class Institution {
    private static final Duration VALIDITY = Duration.ofDays(365);

    private final String id;
    private final OrganizationCa ca;
    private final Path directory;
    private final KeyStorePassword password;
    private final KeyStoreFile nodeKeys;
    private final List<Member> members = new ArrayList<>();

    private Institution(String id, OrganizationCa ca, Path directory, KeyStorePassword password) {
        this.id = id;
        this.ca = ca;
        this.directory = directory;
        this.password = password;
        this.nodeKeys = KeyStoreFile.create(directory.resolve("node.p12"), password);
    }

    /**
     * Makes an organization and its keys.
     *
     * @param directory new or empty
     */
    static Institution create(String id, Path directory, KeyStorePassword password) throws IOException {
        Files.createDirectories(directory);
        OrganizationCa.Created authorities = OrganizationCa.create(id, InstantSource.system());
        KeyStoreFile.create(directory.resolve("root-ca.p12"), password).put("root-ca", authorities.root());
        KeyStoreFile.create(directory.resolve("ca.p12"), password)
                .put("enrollment-ca", authorities.ca().enrollmentCa());
        return new Institution(id, authorities.ca(), directory, password);
    }

    /** Its id on the ledger and in addresses. */
    String id() {
        return id;
    }

    /** What its node signs with. */
    KeyStoreFile nodeKeys() {
        return nodeKeys;
    }

    /** Where that is. */
    Path nodeKeyStore() {
        return directory.resolve("node.p12");
    }

    /** Certifies a member and keeps the key in {@code <name>.p12}. */
    Member enroll(String name, Role role, Attribute... attributes) {
        Member member = certify(name, role, attributes);
        KeyStoreFile.create(directory.resolve(name + ".p12"), password).put("member", member.credential());
        return member;
    }

    /** Certifies the organization's gateway, whose key the node has. */
    Member enrollGateway() {
        Member gateway = certify("gateway", Role.PEER, Attribute.GATEWAY);
        nodeKeys.put("gateway", gateway.credential());
        return gateway;
    }

    private Member certify(String name, Role role, Attribute... attributes) {
        Set<String> codes = Arrays.stream(attributes).map(Codes::code).collect(Collectors.toSet());
        Credential credential = ca.enroll(Enrollment.of(id + " " + name, role, codes, VALIDITY));
        Member member = new Member(name, credential, role, Set.of(attributes));
        members.add(member);
        return member;
    }

    /** Everybody it certified. */
    List<Member> members() {
        return List.copyOf(members);
    }

    /** The CA that certifies members; the ledger believes it. */
    Credential authority() {
        return ca.enrollmentCa();
    }

    /**
     * What a network is told about it.
     *
     * @param node address of the node that it lives in
     */
    AdmitOrganization description(URI node) {
        byte[] logKey = LogKeys.recordLog(nodeKeys, id).verifier().publicKey();
        return new AdmitOrganization(
                id,
                authority().key().publicKey(),
                node + "/" + id + "/fhir",
                Base64.getUrlEncoder().withoutPadding().encodeToString(logKey));
    }
}
