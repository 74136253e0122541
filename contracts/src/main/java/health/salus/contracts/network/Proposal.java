package health.salus.contracts.network;

import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.Sha256;
import health.salus.ledger.contract.StateKey;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A change that was put to the vote.
 *
 * @param id of the transaction that proposed it
 * @param change what was proposed
 * @param proposer the organization that did
 * @param expires first moment at which it can't be voted on any more, whole seconds
 * @param votes by organization; of organizations that had a vote when they cast it
 * @param status what became of it
 * @param failure code of the rule that its change broke, where it failed
 */
public record Proposal(
        Sha256 id,
        Change change,
        String proposer,
        Instant expires,
        SortedMap<String, Vote> votes,
        ProposalStatus status,
        Optional<String> failure) {
    static final Codes<Vote> VOTES = Codes.of(Vote.class);
    private static final Codes<ProposalStatus> STATUSES = Codes.of(ProposalStatus.class);

    public Proposal {
        votes = Collections.unmodifiableSortedMap(new TreeMap<>(votes));
    }

    /** One on which nobody has voted. */
    static Proposal open(Sha256 id, Change change, String proposer, Instant expires) {
        return new Proposal(
                id, change, proposer, expires, Collections.emptySortedMap(), ProposalStatus.OPEN, Optional.empty());
    }

    /** Whether it can be voted on at {@code time}. */
    public boolean isOpen(Instant time) {
        return status == ProposalStatus.OPEN && time.isBefore(expires);
    }

    Proposal with(String organization, Vote vote) {
        SortedMap<String, Vote> more = new TreeMap<>(votes);
        more.put(organization, vote);
        return new Proposal(id, change, proposer, expires, more, status, failure);
    }

    Proposal closed(ProposalStatus how) {
        return new Proposal(id, change, proposer, expires, votes, how, failure);
    }

    Proposal failed(String code) {
        return new Proposal(id, change, proposer, expires, votes, ProposalStatus.FAILED, Optional.of(code));
    }

    static StateKey key(Sha256 id) {
        return new StateKey(NetworkContract.NAME, "proposal/" + id.base64Url());
    }

    static Proposal read(Sha256 id, JsonObject value) {
        Fields fields = new Fields(value);
        SortedMap<String, Vote> votes = new TreeMap<>();
        Fields cast = new Fields(fields.object("votes"));
        cast.object().members().keySet().forEach(by -> votes.put(by, VOTES.constant(cast.text(by))));
        return new Proposal(
                id,
                Change.ofJson(fields.object("change")),
                fields.text("proposer"),
                fields.seconds("expires"),
                votes,
                STATUSES.constant(fields.text("status")),
                fields.optional("failure", fields::text));
    }

    JsonObject write() {
        SortedMap<String, Json> cast = new TreeMap<>();
        votes.forEach((by, vote) -> cast.put(by, new JsonString(Codes.code(vote))));
        Json.Builder value = JsonObject.builder()
                .put("change", change.json())
                .put("proposer", proposer)
                .put("expires", expires.getEpochSecond())
                .put("votes", new JsonObject(cast))
                .put("status", Codes.code(status));
        failure.ifPresent(code -> value.put("failure", code));
        return value.build();
    }
}
