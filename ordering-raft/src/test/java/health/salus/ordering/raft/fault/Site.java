package health.salus.ordering.raft.fault;

import health.salus.identity.Credential;
import health.salus.identity.Enrollment;
import health.salus.identity.OrganizationCa;
import health.salus.identity.P256Certificate;
import health.salus.identity.Role;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ordering.raft.RaftOrdering;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of one member: {@code members/<name>}, {@code members/<name>.cer} and {@code network} are for all to read,
 * {@code <name>/} is its own.
 *
 * @param base of the consortium
 */
record Site(Path base, String name) {
    /** Where a member is reached. */
    record Address(String host, int raftPort, int doorPort) {
        RaftOrdering.Peer peer(String name) {
            return new RaftOrdering.Peer(name, host + ":" + raftPort);
        }

        URI door() {
            return URI.create("http://" + host + ":" + doorPort);
        }
    }

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String NODE = "node";

    /** Makes a member's keys and tells the others. */
    static Site create(Path base, String name, Address address) throws IOException, GeneralSecurityException {
        Site site = new Site(base, name);
        Files.createDirectories(site.home());
        Files.createDirectories(site.data());
        Files.createDirectories(site.members());
        Files.write(site.home().resolve("seeds"), List.of(seed(), seed()));
        Credential credential = OrganizationCa.create(name, InstantSource.system())
                .ca()
                .enroll(Enrollment.of(NODE, Role.PEER, Set.of(), Duration.ofDays(2)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate[] chain = credential.chain().certificates().stream()
                .map(P256Certificate::x509)
                .toArray(Certificate[]::new);
        store.setKeyEntry(NODE, credential.key().key(), new char[0], chain);
        try (OutputStream out = Files.newOutputStream(site.home().resolve("node.p12"))) {
            store.store(out, new char[0]);
        }
        Files.write(site.certificate(), chain[0].getEncoded());
        Files.write(
                site.members().resolve(name),
                List.of(address.host(), Integer.toString(address.raftPort()), Integer.toString(address.doorPort())));
        return site;
    }

    private static String seed() {
        byte[] seed = new byte[32];
        RANDOM.nextBytes(seed);
        return Base64.getEncoder().encodeToString(seed);
    }

    /** All members that there are, witnesses or not. */
    static List<Site> all(Path base) {
        try (Stream<Path> files = Files.list(base.resolve("members"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.contains("."))
                    .sorted()
                    .map(name -> new Site(base, name))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Address address() {
        List<String> lines = lines(members().resolve(name));
        return new Address(lines.get(0), Integer.parseInt(lines.get(1)), Integer.parseInt(lines.get(2)));
    }

    RaftOrdering.Peer peer() {
        return address().peer(name);
    }

    NoteSigner log(String origin) {
        return NoteSigner.ofSeed(origin, readSeed(0));
    }

    CosignatureSigner witness(String origin) {
        return CosignatureSigner.ofSeed(WitnessSet.witnessName(origin, name), readSeed(1));
    }

    /** As the state lists it. */
    WitnessSet.Member member() {
        return new WitnessSet.Member(
                name,
                base64Url(log("x").verifier().publicKey()),
                base64Url(witness("x").verifier().publicKey()));
    }

    private byte[] readSeed(int line) {
        return Base64.getDecoder().decode(lines(home().resolve("seeds")).get(line));
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    KeyStore keys() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(home().resolve("node.p12"))) {
            store.load(in, new char[0]);
        }
        return store;
    }

    static Path network(Path base) {
        return base.resolve("network");
    }

    private Path members() {
        return base.resolve("members");
    }

    Path certificate() {
        return members().resolve(name + ".cer");
    }

    Path home() {
        return base.resolve(name);
    }

    /** What may be on a disk of its own. */
    Path data() {
        return home().resolve("data");
    }

    Path raft() {
        return data().resolve("raft");
    }

    Path ledger() {
        return data().resolve("ledger");
    }

    /** The socket on which the node takes requests of this test, whatever the network does. */
    Path control() {
        return home().resolve("c");
    }

    /** What the process says. */
    Path output() {
        return home().resolve("output");
    }
}
