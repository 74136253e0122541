package health.salus.node.explorer;

import health.salus.contracts.network.Change;
import health.salus.contracts.network.Electorate;
import health.salus.contracts.network.Members;
import health.salus.contracts.network.Proposal;
import health.salus.contracts.network.Vote;
import health.salus.contracts.rule.Codes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A proposal as a page shows it, and how its votes count at the moment. */
record Ballot(Proposal proposal, Electorate electorate) {
    static Ballot of(Proposal proposal, Members members) {
        return new Ballot(proposal, Electorate.on(proposal.change(), members));
    }

    /** Its id, which is that of the transaction that made it. */
    public String id() {
        return proposal.id().base64Url();
    }

    /** Code of the kind of change; part of a message key. */
    public String type() {
        return Codes.code(proposal.change().type());
    }

    /** Code of the status; part of a message key. */
    public String status() {
        return Codes.code(proposal.status());
    }

    /** What the message about the change has places for; as many as the longest has. */
    public List<String> details() {
        return switch (proposal.change()) {
            case Change.AdmitOrganization(var candidate) -> List.of(candidate.organization(), "", "");
            case Change.OfMember ofMember -> List.of(ofMember.organization(), "", "");
            case Change.SetQuorum(int quorum) -> List.of(Integer.toString(quorum), "", "");
            case Change.ActivateContract(String contract, int version, long height) ->
                List.of(contract, Integer.toString(version), Long.toString(height));
        };
    }

    /** Approvals that count. */
    public long approving() {
        return proposal.votes().entrySet().stream()
                .filter(vote -> vote.getValue() == Vote.APPROVE && electorate.has(vote.getKey()))
                .count();
    }

    /** Codes of the votes, by organization. */
    public Map<String, String> votes() {
        Map<String, String> codes = new TreeMap<>();
        proposal.votes().forEach((organization, vote) -> codes.put(organization, Codes.code(vote)));
        return codes;
    }
}
