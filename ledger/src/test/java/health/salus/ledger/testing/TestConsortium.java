package health.salus.ledger.testing;

import health.salus.ledger.Ledger;
import health.salus.ledger.LedgerOptions;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.finality.Membership;
import health.salus.ledger.finality.Peer;
import health.salus.ledger.finality.Thresholds;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.ordering.Ordering;
import health.salus.ledger.state.StateValues;
import health.salus.tlog.TileSource;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Several members in one process, each with a ledger in a directory of its own, that reach each other by method calls. */
public final class TestConsortium implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    public final TestNetwork network;
    public final OneOrder order = new OneOrder();

    private final Path dir;
    private final Map<String, TestMember> members = new TreeMap<>();
    private final Set<String> cut = ConcurrentHashMap.newKeySet();
    private final Set<String> deaf = ConcurrentHashMap.newKeySet();
    private final Map<String, UnaryOperator<Peer>> masks = new ConcurrentHashMap<>();
    private final Map<String, Map<Long, Set<String>>> told = new ConcurrentHashMap<>(); // by member and size

    /** With members {@code n0}, {@code n1} and so on. */
    public TestConsortium(Path dir, int size) {
        this.dir = dir;
        TestKeys keys = new TestKeys();
        this.network = new TestNetwork(keys.set(keys.make(size)));
        keys.made().forEach(this::add);
    }

    private void add(TestKeys.Made made) {
        members.put(made.organization(), new TestMember(made));
    }

    /** Keys of members, as raw seeds: their names need the network's id, which needs their public halves. */
    public static final class TestKeys {
        /** One member's keys. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        public record Made(String organization, byte[] log, byte[] witness) {}

        private final List<Made> made = new ArrayList<>();

        List<Made> make(int size) {
            for (int i = 0; i < size; i++) {
                made.add(new Made("n" + i, seed(), seed()));
            }
            return made;
        }

        List<Made> made() {
            return made;
        }

        private static byte[] seed() {
            byte[] seed = new byte[32];
            RANDOM.nextBytes(seed);
            return seed;
        }

        WitnessSet set(Collection<Made> some) {
            List<WitnessSet.Member> listed = some.stream()
                    .map(one -> new WitnessSet.Member(
                            one.organization(),
                            base64Url(
                                    NoteSigner.ofSeed("x", one.log()).verifier().publicKey()),
                            base64Url(CosignatureSigner.ofSeed("x", one.witness())
                                    .verifier()
                                    .publicKey())))
                    .toList();
            return new WitnessSet(listed, Thresholds.quorum(listed.size()));
        }
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The witnesses that these members would be. */
    public WitnessSet witnesses(String... names) {
        List<TestKeys.Made> some = new ArrayList<>();
        for (String name : names) {
            some.add(member(name).keys);
        }
        return new TestKeys().set(some);
    }

    /** A further member, which is no witness yet. */
    public TestMember join(String name) {
        TestKeys.Made made = new TestKeys.Made(name, TestKeys.seed(), TestKeys.seed());
        add(made);
        return member(name);
    }

    public TestMember member(String name) {
        return Optional.ofNullable(members.get(name)).orElseThrow();
    }

    public List<TestMember> members() {
        return List.copyOf(members.values());
    }

    public void startAll() {
        members.values().forEach(TestMember::start);
    }

    /** Nobody hears {@code name} any more, nor does it hear anybody. */
    public void cut(String name) {
        cut.add(name);
    }

    /** {@code name} hears nothing but answers any more; it is heard. */
    public void deafen(String name) {
        deaf.add(name);
    }

    public void heal(String name) {
        cut.remove(name);
        deaf.remove(name);
    }

    /** From the next start on, others reach {@code name} as this says. */
    public void mask(String name, UnaryOperator<Peer> mask) {
        masks.put(name, mask);
    }

    /** The texts that a member has cosigned and told others, by size: of an honest one, one of each. */
    public Map<Long, Set<String>> told(String name) {
        return told.getOrDefault(name, Map.of());
    }

    private void record(TestMember from, List<SignedNote> notes) {
        for (SignedNote note : notes) {
            if (note.verify(List.of(from.witness.verifier())).isVerified()) {
                told.computeIfAbsent(from.name, name -> new ConcurrentHashMap<>())
                        .computeIfAbsent(Checkpoint.parse(note.text()).size(), size -> ConcurrentHashMap.newKeySet())
                        .add(note.text());
            }
        }
    }

    @Override
    public void close() {
        members.values().forEach(TestMember::stop);
    }

    /** One member and its node. */
    public final class TestMember {
        public final String name;
        public final CosignatureSigner witness;
        public final NoteSigner log;
        private final TestKeys.Made keys;
        private LedgerOptions options = LedgerOptions.DEFAULT;
        private Rules rules = TestNetwork.RULES;
        private @Nullable Ledger ledger;

        private TestMember(TestKeys.Made keys) {
            this.keys = keys;
            this.name = keys.organization();
            String origin = network.genesis.origin();
            this.witness = CosignatureSigner.ofSeed(WitnessSet.witnessName(origin, name), keys.witness());
            this.log = NoteSigner.ofSeed(origin, keys.log());
        }

        TestConsortium consortium() {
            return TestConsortium.this;
        }

        public Path directory() {
            return dir.resolve(name);
        }

        public Path memory() {
            return dir.resolve(name + "-witness");
        }

        /** Uses these from the next start on. */
        public void options(LedgerOptions other) {
            options = other;
        }

        /** Executes by these from the next start on. */
        public void rules(Rules other) {
            rules = other;
        }

        public Ledger start() {
            return start(order.at(name));
        }

        public Ledger start(Ordering ordering) {
            Membership membership = membership();
            Ledger opened = Files.exists(directory())
                    ? Ledger.open(directory(), log, rules, state -> ordering, Optional.of(membership), options)
                    : Ledger.create(
                            directory(),
                            network.genesis,
                            log,
                            rules,
                            state -> ordering,
                            Optional.of(membership),
                            options);
            ledger = opened;
            opened.executeEarlier();
            return opened;
        }

        /** What makes its node one of several. */
        public Membership membership() {
            return new Membership(name, witness, memory(), this::peers);
        }

        private List<Peer> peers(StateView state) {
            return members.values().stream()
                    .map(other -> masks.getOrDefault(other.name, UnaryOperator.identity())
                            .apply(new Reached(this, other)))
                    .toList();
        }

        public boolean isRunning() {
            return ledger != null;
        }

        public Ledger ledger() {
            return Optional.ofNullable(ledger).orElseThrow(() -> new IllegalStateException(name + " is stopped"));
        }

        public void stop() {
            Ledger running = ledger;
            ledger = null;
            if (running != null) {
                running.close();
            }
        }
    }

    private record Reached(TestMember from, TestMember to, TestConsortium of) implements Peer {
        Reached(TestMember from, TestMember to) {
            this(from, to, from.consortium());
        }

        @Override
        public String organization() {
            return to.name;
        }

        private Ledger ledger() throws IOException {
            Ledger ledger = to.ledger;
            if (ledger == null || of.cut.contains(to.name) || of.deaf.contains(to.name) || of.cut.contains(from.name)) {
                throw new IOException(to.name + " is not reached");
            }
            return ledger;
        }

        @Override
        public List<SignedNote> exchange(List<SignedNote> notes, boolean fresh) throws IOException {
            Ledger asked = ledger();
            of.record(from, notes);
            return asked.finality().answer(notes, fresh);
        }

        @Override
        public Optional<SignedNote> handoverAfter(long height) throws IOException {
            return Optional.ofNullable(ledger().finality().handovers().higherEntry(height))
                    .map(Map.Entry::getValue);
        }

        @Override
        public Optional<byte[]> stateValues(long height, String after) throws IOException {
            return ledger().stateValues(height, after).map(StateValues::encode);
        }

        @Override
        public TileSource log() {
            return path -> path.equals("checkpoint")
                    ? ledger().finality().checkpoint().map(note -> note.encode().getBytes(StandardCharsets.UTF_8))
                    : ledger().log().tile(path);
        }
    }
}
