package health.salus.bench;

import health.salus.contracts.NetworkRules;
import health.salus.contracts.network.Candidate;
import health.salus.contracts.network.NetworkGenesis;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.P256PrivateKey;
import health.salus.ledger.Ledger;
import health.salus.ledger.LedgerOptions;
import health.salus.ledger.Submission;
import health.salus.ledger.block.Genesis;
import health.salus.tlog.note.NoteSigner;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * A network of a custodian and a requester with staff and patients of its own, on a ledger with real files: what the
 * ledger measurements run on. Not thread-safe.
 */
final class BenchNetwork implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Ledger ledger;
    private final Population population;

    private BenchNetwork(Ledger ledger, Population population) {
        this.ledger = ledger;
        this.population = population;
    }

    /** Founds the network in {@code directory}. */
    static BenchNetwork found(Path directory) {
        P256PrivateKey hospital = P256PrivateKey.generate();
        P256PrivateKey clinic = P256PrivateKey.generate();
        Genesis genesis = Genesis.of(NetworkGenesis.write(
                        JsonObject.builder()
                                .put("name", "bench")
                                .put("salt", Handle.random().value()),
                        List.of(organization("hospital", hospital), organization("clinic", clinic)),
                        NetworkRules.latest())
                .build());
        NoteSigner signer = NoteSigner.generate(genesis.origin(), RANDOM);
        BenchNetwork network = new BenchNetwork(
                Ledger.create(directory, genesis, signer, NetworkRules.rules(), LedgerOptions.DEFAULT),
                new Population(genesis.network(), hospital, clinic));
        network.population.arrival().forEach(network::submit);
        return network;
    }

    private static Candidate organization(String id, P256PrivateKey authority) {
        byte[] logKey = new byte[Sha256.BYTES];
        RANDOM.nextBytes(logKey);
        return new Candidate(
                id,
                authority.publicKey(),
                "https://" + id + ".example/fhir",
                Sha256.ofBytes(logKey).base64Url());
    }

    Ledger ledger() {
        return ledger;
    }

    /** {@code count} signed requests for access, each by a member of the staff for some patient's records. */
    List<byte[]> requests(int count) {
        return population.requests(count);
    }

    /** A grant that the first patient approved for the first of the staff. */
    Population.Granted granted() {
        Population.Granting granting = population.granting();
        granting.signed().forEach(transaction -> submit(List.of(transaction)));
        return granting.granted();
    }

    private void submit(List<byte[]> transactions) {
        transactions.stream().map(ledger::submit).toList().forEach(answer -> requireAccepted(answer.join()));
    }

    /** Fails the measurement unless the transaction was accepted. */
    static void requireAccepted(Submission answer) {
        if (!(answer instanceof Submission.Committed committed) || !committed.isAccepted()) {
            throw new IllegalStateException("a transaction of the measurement was not accepted: " + answer);
        }
    }

    @Override
    public void close() {
        ledger.close();
    }
}
