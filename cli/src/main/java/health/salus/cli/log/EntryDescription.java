package health.salus.cli.log;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.block.Entry;
import health.salus.ledger.block.Entry.BlockEntry;
import health.salus.ledger.block.Entry.GenesisEntry;
import health.salus.ledger.block.Entry.TransactionEntry;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionException;
import health.salus.tlog.merkle.MerkleHash;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** An entry of a log as JSON: what the ledger's entries say, and the bytes of any other. */
final class EntryDescription {
    private EntryDescription() {}

    static JsonObject of(long index, byte[] entry) {
        Json.Builder json = content(entry);
        return json.put("index", index)
                .put("leaf", MerkleHash.leaf(entry).base64Url())
                .build();
    }

    private static Json.Builder content(byte[] entry) {
        try {
            return switch (Entry.decode(entry)) {
                case GenesisEntry(var genesis) ->
                    JsonObject.builder().put("kind", "genesis").put("genesis", genesis.content());
                case BlockEntry(var header) ->
                    JsonObject.builder().put("kind", "block").put("header", header.toJson());
                case TransactionEntry(byte[] jws) -> transaction(jws);
            };
        } catch (IllegalArgumentException e) {
            return JsonObject.builder()
                    .put("kind", "other")
                    .put("bytes", HexFormat.of().formatHex(entry));
        }
    }

    private static Json.Builder transaction(byte[] jws) {
        Json.Builder json = JsonObject.builder()
                .put("kind", "transaction")
                .put("transaction", new String(jws, StandardCharsets.ISO_8859_1));
        try {
            Transaction transaction = Transaction.parse(jws);
            return json.put("id", transaction.id().base64Url())
                    .put("signer", transaction.signer().base64Url())
                    .put("body", transaction.body().toJson());
        } catch (TransactionException e) {
            return json.put("malformed", e.refusal().code());
        }
    }
}
