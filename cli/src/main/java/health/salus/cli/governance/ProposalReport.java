package health.salus.cli.governance;

import health.salus.contracts.network.Change;
import health.salus.contracts.network.Change.ActivateContract;
import health.salus.contracts.network.Change.AdmitOrganization;
import health.salus.contracts.network.Change.RemoveOrganization;
import health.salus.contracts.network.Change.ReplaceAuthorities;
import health.salus.contracts.network.Change.RestoreOrganization;
import health.salus.contracts.network.Change.SetQuorum;
import health.salus.contracts.network.Change.SuspendOrganization;
import health.salus.contracts.network.Electorate;
import health.salus.contracts.network.Members;
import health.salus.contracts.network.Proposal;
import health.salus.contracts.network.ProposalStatus;
import health.salus.contracts.network.Vote;
import health.salus.contracts.rule.Codes;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells of one proposal, and how its votes count at the moment. */
record ProposalReport(Proposal proposal, Electorate electorate) {
    static ProposalReport of(Proposal proposal, Members members) {
        return new ProposalReport(proposal, Electorate.on(proposal.change(), members));
    }

    /** What it would do or did, in a few words. */
    static String words(Change change) {
        return switch (change) {
            case AdmitOrganization(var candidate) -> "admit " + candidate.organization();
            case RemoveOrganization(String id) -> "remove " + id;
            case SuspendOrganization(String id) -> "suspend " + id;
            case RestoreOrganization(String id) -> "restore " + id;
            case ReplaceAuthorities(String id, var keys) -> "replace the CA keys of " + id + " by " + keys.size();
            case SetQuorum(int quorum) -> "set the quorum to " + quorum;
            case ActivateContract(String contract, int version, long height) ->
                "activate " + contract + " version " + version + " at height " + height;
        };
    }

    /** Several lines. */
    String text() {
        return proposal.id().base64Url() + "  " + words(proposal.change())
                + "\n  proposed by " + proposal.proposer() + ", until " + proposal.expires()
                + "\n  approved by " + voters(Vote.APPROVE) + "; rejected by " + voters(Vote.REJECT) + "; "
                + standing();
    }

    /** One line: where it stands. */
    String outcome() {
        String what = words(proposal.change());
        return switch (proposal.status()) {
            case OPEN -> "open: " + what + "; " + standing();
            case FAILED ->
                "approved, but not possible any more: " + what + " ("
                        + proposal.failure().orElse("") + ")";
            default -> Codes.code(proposal.status()) + ": " + what;
        };
    }

    JsonObject json() {
        SortedMap<String, Json> votes = new TreeMap<>();
        proposal.votes().forEach((by, vote) -> votes.put(by, new JsonString(Codes.code(vote))));
        Json.Builder json = JsonObject.builder()
                .put("proposal", proposal.id().base64Url())
                .put("status", Codes.code(proposal.status()))
                .put("change", proposal.change().json())
                .put("proposer", proposal.proposer())
                .put("expires", proposal.expires().toString())
                .put("votes", new JsonObject(votes));
        proposal.failure().ifPresent(code -> json.put("failure", code));
        if (proposal.status() == ProposalStatus.OPEN) {
            json.put("approving", approving()).put("needed", electorate.needed());
        }
        return json.build();
    }

    private String standing() {
        return approving() + " of " + electorate.needed() + " votes needed";
    }

    private int approving() {
        return Math.toIntExact(proposal.votes().entrySet().stream()
                .filter(vote -> vote.getValue() == Vote.APPROVE && electorate.has(vote.getKey()))
                .count());
    }

    private String voters(Vote which) {
        List<String> voters = proposal.votes().entrySet().stream()
                .filter(vote -> vote.getValue() == which)
                .map(Map.Entry::getKey)
                .toList();
        return voters.isEmpty() ? "nobody" : String.join(", ", voters);
    }
}
