package health.salus.contracts;

import health.salus.contracts.access.AccessAction.RegisterPatient;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Candidate;
import health.salus.contracts.network.Change;
import health.salus.contracts.network.Governance;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkAction.Propose;
import health.salus.contracts.network.NetworkGenesis;
import health.salus.contracts.network.Node;
import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.PasskeyAssertion;
import health.salus.identity.Role;
import health.salus.identity.testing.SoftPasskey;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Contract;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.InvalidArgumentException;
import health.salus.ledger.contract.Outcome;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.contract.StateView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A network in memory: every call is a block, a minute after the one before. It has the founder {@code hospital} and the
 * organization {@code clinic}; certificates and keys go by names of the test's choice.
 */
public final class TestNetwork {
    /** Time of genesis. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Rules RULES = NetworkRules.rules();

    private final MemoryState state;
    private Instant time;
    private List<Event> events = List.of();

    private TestNetwork(MemoryState state, Instant time) {
        this.state = state;
        this.time = time;
    }

    /** A network of two organizations without certificates; the founder decides. */
    public static TestNetwork founded() {
        return founded(Governance.FOUNDER, List.of(organization("hospital"), organization("clinic")));
    }

    /** A network of these organizations, the founder first, without certificates. */
    public static TestNetwork founded(Governance governance, List<Candidate> organizations) {
        return founded(NetworkGenesis.write(
                        JsonObject.builder()
                                .put("name", "test")
                                .put("salt", handle("salt").value()),
                        governance,
                        organizations,
                        NetworkRules.latest())
                .build());
    }

    /** The network that this genesis begins. */
    public static TestNetwork founded(JsonObject genesis) {
        TestNetwork network = new TestNetwork(new MemoryState(), START);
        MemoryState.Writes writes = network.state.writes("");
        RULES.genesis().apply(genesis, writes);
        writes.commit(true, true);
        return network;
    }

    /** A network with the same history, which then goes its own way. */
    public TestNetwork copy() {
        return new TestNetwork(state.copy(), time);
    }

    /** An organization without a node; its CA key is called {@code <id>-ca}. */
    public static Candidate organization(String id) {
        return new Candidate(
                id,
                TestKeys.key(id + "-ca"),
                "https://" + id + ".example/fhir",
                Sha256.of(id.getBytes(StandardCharsets.UTF_8)).base64Url());
    }

    /** An organization with a node of its own. */
    public static Candidate withNode(String id) {
        Candidate candidate = organization(id);
        return new Candidate(id, candidate.authority(), candidate.gateway(), candidate.logKey(), Optional.of(node(id)));
    }

    /** The node called {@code name}, with keys of its own. */
    public static Node node(String name) {
        return new Node(
                "https://node." + name + ".example",
                "raft." + name + ".example:9870",
                TestKeys.ed25519(name + "-log"),
                TestKeys.ed25519(name + "-witness"));
    }

    /** Puts {@code change} to the vote for 30 days. */
    public Propose proposal(Change change) {
        return new Propose(change, Instant.ofEpochSecond(time.getEpochSecond()).plus(Duration.ofDays(30)));
    }

    /** Id of the last call's transaction. */
    public Sha256 transaction() {
        return transaction(state.height());
    }

    private static Sha256 transaction(long height) {
        return Sha256.of(ByteBuffer.allocate(Long.BYTES).putLong(height).array());
    }

    /** The handle called {@code name}. */
    public static Handle handle(String name) {
        return new Handle(
                Sha256.of(name.getBytes(StandardCharsets.UTF_8)).toString().substring(0, 32));
    }

    /** Enrolls the certificate called {@code name}, valid for 400 days, with the CA of {@code organization}. */
    public TestNetwork certificate(String name, String organization, Role role, Attribute... attributes) {
        Set<Attribute> set = EnumSet.noneOf(Attribute.class);
        set.addAll(List.of(attributes));
        return must(
                TestKeys.thumbprint(organization + "-ca"),
                new EnrollCertificate(TestKeys.kid(name), TestKeys.key(name), role, set, days(0, 400)));
    }

    /** Registers the patient called {@code name}, whose first key has that name too; signed by a certificate. */
    public TestNetwork patient(String name, String certificate) {
        return must(TestKeys.kid(certificate), new RegisterPatient(handle(name), TestKeys.key(name)));
    }

    /** The period of days after now. */
    public Period days(int from, int until) {
        Instant now = Instant.ofEpochSecond(time.getEpochSecond());
        return new Period(now.plus(Duration.ofDays(from)), now.plus(Duration.ofDays(until)));
    }

    /** Calls as the engine would for a transaction by {@code signer}; answers {@code accepted} or the rejection code. */
    public String call(Sha256 signer, Action action) {
        return call(signer, action.contract(), action.action(), action.arguments());
    }

    /** The same for a transaction that a passkey signed. */
    public String call(SoftPasskey signer, Action action) {
        return call(
                signer.publicKey().thumbprint(),
                Optional.of(signer.sign(transaction(state.height() + 1))),
                action.contract(),
                action.action(),
                action.arguments());
    }

    /** Calls as the engine would for a transaction by {@code signer}; answers {@code accepted} or the rejection code. */
    public String call(Sha256 signer, String name, String action, JsonObject arguments) {
        return call(signer, Optional.empty(), name, action, arguments);
    }

    private String call(
            Sha256 signer, Optional<PasskeyAssertion> passkey, String name, String action, JsonObject arguments) {
        time = time.plus(Duration.ofMinutes(1));
        long height = state.height() + 1;
        MemoryState.Writes writes = state.writes(name);
        String outcome;
        events = List.of();
        if (RULES.keys().find(state, signer, time).isEmpty()) {
            outcome = "unknown-key";
        } else {
            Contract contract = RULES.contracts()
                    .find(name, RULES.versions().inForce(state, name, height).orElseThrow())
                    .orElseThrow();
            outcome = apply(
                    contract, new Call(transaction(height), signer, passkey, action, arguments, time, height), writes);
        }
        writes.commit(outcome.equals("accepted"), false);
        return outcome;
    }

    private String apply(Contract contract, Call call, MemoryState.Writes writes) {
        try {
            return switch (contract.apply(call, writes)) {
                case Outcome.Accepted(List<Event> told) -> {
                    events = told;
                    yield "accepted";
                }
                case Outcome.Rejected rejected -> rejected.code().value();
            };
        } catch (InvalidArgumentException e) {
            return InvalidArgumentException.CODE.value();
        }
    }

    /** Calls, and fails the test unless that is accepted. */
    public TestNetwork must(Sha256 signer, Action action) {
        String outcome = call(signer, action);
        if (!outcome.equals("accepted")) {
            throw new AssertionError(action.action() + ": " + outcome);
        }
        return this;
    }

    /** Calls, and fails the test unless that is accepted. */
    public TestNetwork must(SoftPasskey signer, Action action) {
        String outcome = call(signer, action);
        if (!outcome.equals("accepted")) {
            throw new AssertionError(action.action() + ": " + outcome);
        }
        return this;
    }

    /** Lets time pass. */
    public TestNetwork pass(Duration duration) {
        time = time.plus(duration);
        return this;
    }

    /** Time of the last block. */
    public Instant time() {
        return time;
    }

    /** The events of the last call. */
    public List<Event> events() {
        return events;
    }

    /** The state now. */
    public StateView state() {
        return state;
    }

    /** The state, with its history. */
    public MemoryState history() {
        return state;
    }
}
