package health.salus.cli.client;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Entry;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.state.StateProof.Check;
import health.salus.tlog.LogReader;
import health.salus.tlog.note.SignatureVerifier;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The world state after the last block of a node's log, taken on nobody's word: each value is proven against the state
 * root of that block's header, which is the last entry under a checkpoint that the log's key signed. A node that lies can
 * only hide blocks that came later; {@link #header} says when the block was. Not thread-safe.
 */
public final class ProvenState implements StateView {
    private static final int ATTEMPTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final NodeClient node;
    private final BlockHeader header;

    private ProvenState(NodeClient node, BlockHeader header) {
        this.node = node;
        this.header = header;
    }

    /**
     * Applies {@code reader} to the state after one block; again from the beginning where the ledger goes on meanwhile.
     *
     * @param log key of the ledger's log
     * @throws CommandException if a proof does not hold
     * @throws NodeUnavailableException if the ledger never rests for as long as {@code reader} takes
     */
    public static <T> T read(NodeClient node, SignatureVerifier log, Function<ProvenState, T> reader) {
        Deadline deadline = new Deadline(PAUSE.multipliedBy(ATTEMPTS));
        do {
            Optional<T> read = once(node, log, reader);
            if (read.isPresent()) {
                return read.get();
            }
        } while (deadline.pause(PAUSE));
        throw new NodeUnavailableException("the ledger moves on while it is read; try again", null);
    }

    private static <T> Optional<T> once(NodeClient node, SignatureVerifier log, Function<ProvenState, T> reader) {
        try {
            return Optional.of(reader.apply(new ProvenState(node, lastBlock(node, log))));
        } catch (MovedOnException e) { // what was read so far is of the block before
            return Optional.empty();
        }
    }

    private static BlockHeader lastBlock(NodeClient node, SignatureVerifier key) {
        LogReader log = LogReader.open(node.ledgerTiles(), key.name(), key);
        long last = log.head().size() - 1;
        try {
            if (last > 0 && Entry.decode(log.entry(last)) instanceof Entry.BlockEntry(BlockHeader header)) {
                return header;
            }
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.DAMAGED, "entry " + last + " of the ledger: " + e.getMessage(), e);
        }
        throw new CommandException(ExitCode.DAMAGED, "entry " + last + " of the ledger ends no block");
    }

    /** Header of the block after which this is the state. */
    public BlockHeader header() {
        return header;
    }

    @Override
    public Optional<JsonObject> get(StateKey key) {
        NodeClient.Claim claim = node.prove(key);
        if (claim.height() != header.height()) {
            throw new MovedOnException();
        }
        return switch (claim.proof().check(key, claim.value(), header.state())) {
            case Check.Verified() -> claim.value();
            case Check.Refused(String reason) ->
                throw new CommandException(
                        ExitCode.REFUSED,
                        "the node does not prove what it says of the ledger's state: " + reason
                                + "; ask another node, and keep its answers");
        };
    }

    /** The node speaks of another block than that of the header. */
    private static final class MovedOnException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private MovedOnException() {
            super(null, null, false, false);
        }
    }
}
