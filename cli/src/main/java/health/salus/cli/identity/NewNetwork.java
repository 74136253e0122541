package health.salus.cli.identity;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.contracts.NetworkRules;
import health.salus.contracts.network.Candidate;
import health.salus.contracts.network.Governance;
import health.salus.contracts.network.NetworkGenesis;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.Handle;
import health.salus.identity.KeyStoreFile;
import health.salus.ledger.block.Genesis;
import health.salus.node.organization.LogKeys;
import health.salus.node.organization.NodeKeys;
import health.salus.tlog.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * A network that was just made. Its files are {@code genesis.json} and {@code ledger.vkey}, both public.
 *
 * @param log signs the checkpoints of the ledger at the founder's node
 */
public record NewNetwork(Genesis genesis, NoteSigner log) {
    /**
     * Makes it.
     *
     * @param governance who decides for it
     * @param organizations with which it begins, the founder first
     * @param founder keys of the founder's node, if the genesis has them
     * @throws CommandException if the ledger would not accept name or organizations
     */
    public static NewNetwork make(
            String name, Governance governance, List<Candidate> organizations, Optional<NodeKeys> founder) {
        try {
            Genesis genesis = Genesis.of(NetworkGenesis.write(
                            JsonObject.builder()
                                    .put("name", name)
                                    .put("salt", Handle.random().value())
                                    .put("time", System.currentTimeMillis()),
                            governance,
                            organizations,
                            NetworkRules.latest())
                    .build());
            return new NewNetwork(
                    genesis,
                    founder.map(keys -> NoteSigner.ofSeed(
                                    genesis.origin(), keys.log().bytes()))
                            .orElseGet(() -> NoteSigner.generate(genesis.origin(), new SecureRandom())));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Writes its files.
     *
     * @param dir that exists
     * @param founder key store of the founder's node, which gets the log's key
     */
    public void write(Path dir, KeyStoreFile founder) throws IOException {
        LogKeys.keepLedgerLog(founder, genesis, log);
        Files.write(dir.resolve("genesis.json"), genesis.content().canonical());
        Files.writeString(dir.resolve("ledger.vkey"), log.verifier().vkey() + "\n");
    }
}
