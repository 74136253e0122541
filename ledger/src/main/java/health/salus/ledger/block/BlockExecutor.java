package health.salus.ledger.block;

import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.block.Candidate.Parsed;
import health.salus.ledger.block.Candidate.Unreadable;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Contract;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.InvalidArgumentException;
import health.salus.ledger.contract.Outcome;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.state.BlockChanges;
import health.salus.ledger.state.StateDamagedException;
import health.salus.ledger.state.StateStorageException;
import health.salus.ledger.transaction.Refusal;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes blocks: a pure function of the state before, the transactions and the block's time, the same on every node.
 * Each transaction is checked again, whatever a door has found, since those that order may be careless or lie. The
 * checks come in a fixed order, because the first that fails names the rejection. An id counts as used only once its
 * signature is verified: else a copy with a spoilt signature could keep the true transaction out. Thread-safe.
 */
public final class BlockExecutor {
    /** An id that an earlier transaction has. */
    public static final RejectionCode REPLAYED = new RejectionCode("replayed");
    /** The contract failed instead of deciding; a fault of its code. */
    public static final RejectionCode CONTRACT_FAILURE = new RejectionCode("contract-failure");

    static final RejectionCode BAD_SIGNATURE = Refusal.BAD_SIGNATURE.rejection();

    private static final Logger LOGGER = LoggerFactory.getLogger(BlockExecutor.class);

    private final String network;
    private final Rules rules;

    /** An executor for this network. */
    public BlockExecutor(String network, Rules rules) {
        this.network = network;
        this.rules = rules;
    }

    /** Executes the block at height 0, which has no transactions but the genesis before it. */
    public ExecutedBlock genesis(Genesis genesis) {
        BlockState state = new BlockState(key -> Optional.empty());
        BlockState.CallState everything = state.new CallState(Optional.empty());
        rules.genesis().apply(genesis.content(), everything);
        everything.keep();
        return new ExecutedBlock(
                new BlockChanges(0, 1, List.of(), state.writes()), new TreeMap<>(), List.of(), state.newWitnesses());
    }

    /**
     * Executes a block.
     *
     * @param first index of its first transaction in the log
     * @param before the state after the block before
     * @param known which of these ids are those of transactions in earlier blocks
     */
    public ExecutedBlock execute(
            long height,
            long first,
            Instant time,
            List<Candidate> candidates,
            StateView before,
            Function<List<Sha256>, Set<Sha256>> known,
            SignatureCheck signatures) {
        List<Sha256> ids = candidates.stream()
                .flatMap(candidate -> candidate.id().stream())
                .toList();
        return new Run(height, time, before, known.apply(ids), signatures).execute(first, candidates);
    }

    private final class Run {
        private final long height;
        private final Instant time;
        private final StateView before;
        private final BlockState state;
        private final Set<Sha256> known;
        private final SignatureCheck signatures;
        private final Set<Sha256> seen = new HashSet<>();
        private final Map<String, Optional<Contract>> inForce = new HashMap<>();

        Run(long height, Instant time, StateView before, Set<Sha256> known, SignatureCheck signatures) {
            this.height = height;
            this.time = time;
            this.before = before;
            this.state = new BlockState(before);
            this.known = known;
            this.signatures = signatures;
        }

        ExecutedBlock execute(long first, List<Candidate> candidates) {
            SortedMap<Integer, RejectionCode> rejections = new TreeMap<>();
            List<List<Event>> events = new ArrayList<>(candidates.size());
            List<Optional<Sha256>> ids = new ArrayList<>(candidates.size());
            for (int position = 0; position < candidates.size(); position++) {
                Candidate candidate = candidates.get(position);
                int signedBefore = seen.size();
                Outcome outcome = outcome(candidate, position);
                ids.add(seen.size() > signedBefore ? candidate.id() : Optional.empty());
                switch (outcome) {
                    case Outcome.Accepted(List<Event> made) -> events.add(made);
                    case Outcome.Rejected(RejectionCode code) -> {
                        rejections.put(position, code);
                        events.add(List.of());
                    }
                }
            }
            return new ExecutedBlock(
                    new BlockChanges(height, first, ids, state.writes()), rejections, events, state.newWitnesses());
        }

        private Outcome outcome(Candidate candidate, int position) {
            return switch (candidate) {
                case Unreadable(byte[] jws, Refusal reason) -> new Outcome.Rejected(reason.rejection());
                case Parsed readable -> call(readable, position);
            };
        }

        private Outcome call(Parsed candidate, int position) {
            Transaction transaction = candidate.transaction();
            TransactionBody body = transaction.body();
            Optional<Contract> contract = inForce.computeIfAbsent(body.contract(), this::inForce);
            Optional<Refusal> unfit = Fitness.check(transaction, network, contract, time);
            if (unfit.isPresent()) {
                return new Outcome.Rejected(unfit.get().rejection());
            }
            Optional<P256PublicKey> key = rules.keys().find(state, transaction.signer(), time);
            if (key.isEmpty()) {
                return new Outcome.Rejected(Refusal.UNKNOWN_KEY.rejection());
            }
            if (!signatures.signed(candidate, position, key.get())) {
                return new Outcome.Rejected(BAD_SIGNATURE);
            }
            if (known.contains(transaction.id()) || !seen.add(transaction.id())) {
                return new Outcome.Rejected(REPLAYED);
            }
            return apply(
                    contract.orElseThrow(),
                    new Call(
                            transaction.id(),
                            transaction.signer(),
                            transaction.passkey(),
                            body.action(),
                            body.arguments(),
                            time,
                            height));
        }

        private Optional<Contract> inForce(String name) {
            return rules.inForce(before, name, height);
        }

        private Outcome apply(Contract contract, Call call) {
            BlockState.CallState own = state.new CallState(Optional.of(contract.name()));
            try {
                Outcome outcome = contract.apply(call, own);
                if (outcome instanceof Outcome.Accepted) {
                    own.keep();
                }
                return outcome;
            } catch (InvalidArgumentException e) {
                return new Outcome.Rejected(InvalidArgumentException.CODE);
            } catch (StateDamagedException | StateStorageException e) {
                throw e; // says nothing about the call
            } catch (RuntimeException e) {
                LOGGER.atError()
                        .addKeyValue("contract", contract.name())
                        .addKeyValue("version", contract.version())
                        .addKeyValue("tx", call.transaction())
                        .setCause(e)
                        .log("contract failed instead of deciding");
                return new Outcome.Rejected(CONTRACT_FAILURE);
            }
        }
    }
}
