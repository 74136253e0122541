package health.salus.node.organization;

import health.salus.identity.KeyStoreFile;
import health.salus.identity.Secret;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.finality.WitnessSet;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.NoteSigner;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

/** Ed25519 keys that sign checkpoints, kept as secrets in an organization's key store and made when first asked for. */
public final class LogKeys {
    private static final String RECORD_LOG = "record-log";
    private static final String LEDGER_LOG = "ledger-";
    private static final String NODE_LOG = "node-log";
    private static final String NODE_WITNESS = "node-witness";

    private LogKeys() {}

    /** Name of an organization's record log in checkpoints. */
    public static String recordLogOrigin(String organization) {
        return "salus/" + organization + "/records";
    }

    /** The key of an organization's record log. */
    public static NoteSigner recordLog(KeyStoreFile keys, String organization) {
        return signer(keys, RECORD_LOG, recordLogOrigin(organization));
    }

    /** Keeps the key of an organization's record log that was made before its key store. */
    public static void keepRecordLog(KeyStoreFile keys, NoteSigner signer) {
        keep(keys, RECORD_LOG, signer);
    }

    /** Keeps the keys of an organization's node that were made before its key store. */
    public static void keepNode(KeyStoreFile keys, NodeKeys node) {
        keys.put(NODE_LOG, node.log());
        keys.put(NODE_WITNESS, node.witness());
    }

    /** The keys of an organization's node; empty where none were made for one. */
    public static Optional<NodeKeys> node(KeyStoreFile keys) {
        return keys.secret(NODE_LOG)
                .flatMap(log -> keys.secret(NODE_WITNESS).map(witness -> new NodeKeys(log, witness)));
    }

    /** This node's key of a network's log: the one that the organization told the network, if it was made for that. */
    public static NoteSigner ledgerLog(KeyStoreFile keys, Genesis genesis) {
        return keys.secret(NODE_LOG)
                .map(seed -> NoteSigner.ofSeed(genesis.origin(), seed.bytes()))
                .orElseGet(() -> signer(keys, ledgerLogAlias(genesis), genesis.origin()));
    }

    /** The key with which the node of {@code organization} cosigns a network's log. */
    public static CosignatureSigner witness(KeyStoreFile keys, Genesis genesis, String organization) {
        Secret seed = keys.secret(NODE_WITNESS).orElseGet(() -> {
            Secret fresh = NodeKeys.seed(new SecureRandom());
            keys.put(NODE_WITNESS, fresh);
            return fresh;
        });
        return CosignatureSigner.ofSeed(WitnessSet.witnessName(genesis.origin(), organization), seed.bytes());
    }

    /** Keeps the key of a network's log that was made before the key store of its node. */
    public static void keepLedgerLog(KeyStoreFile keys, Genesis genesis, NoteSigner signer) {
        keep(keys, ledgerLogAlias(genesis), signer);
    }

    private static String ledgerLogAlias(Genesis genesis) {
        return LEDGER_LOG + genesis.network().replace('.', '-');
    }

    private static NoteSigner signer(KeyStoreFile keys, String alias, String name) {
        return keys.secret(alias)
                .map(secret -> NoteSigner.parse(new String(secret.bytes(), StandardCharsets.UTF_8)))
                .orElseGet(() -> {
                    NoteSigner fresh = NoteSigner.generate(name, new SecureRandom());
                    keep(keys, alias, fresh);
                    return fresh;
                });
    }

    private static void keep(KeyStoreFile keys, String alias, NoteSigner signer) {
        keys.put(alias, Secret.of(signer.secretText().getBytes(StandardCharsets.UTF_8)));
    }
}
