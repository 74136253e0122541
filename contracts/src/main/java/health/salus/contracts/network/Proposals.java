package health.salus.contracts.network;

import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.RejectedException;
import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.WorldState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the voters do: propose, vote, withdraw. Votes are counted with each vote, and the change is made with the one that
 * decides. Whoever acts also closes the proposals that have expired.
 *
 * @param voter organization of the signer
 */
record Proposals(Call call, WorldState state, String voter) {
    /** How far ahead a proposal may expire. */
    static final Duration LONGEST = Duration.ofDays(90);

    /** On behalf of the signer. @throws RejectedException unless it is a voter's admin */
    static Proposals of(Call call, WorldState state) {
        Members members = new Members(state);
        return new Proposals(
                call,
                state,
                members.inForce(call.signer(), call.time())
                        .filter(signer -> signer.role() == Role.ADMIN)
                        .map(Certificate::organization)
                        .filter(members::isVoter)
                        .orElseThrow(Rejection.NOT_AUTHORIZED));
    }

    List<Event> propose(Change change, Instant expires) {
        List<Event> events = closeExpired();
        Rejection.INVALID_PERIOD.unless(
                expires.isAfter(call.time()) && !expires.isAfter(call.time().plus(LONGEST)));
        Electorate electorate = electorate(change);
        new Enactment(new Draft(state), call.height()).enact(change); // what breaks a rule now is not put to the vote
        Rejection.TOO_FEW_VOTERS.unless(electorate.canDecide());
        requireRoom();
        Proposal proposal = Proposal.open(call.transaction(), change, voter, expires);
        OpenProposals.in(state).with(proposal.id()).put(state);
        events.add(event(
                "network.proposal-opened",
                proposal,
                JsonObject.builder()
                        .put("change", Codes.code(change.type()))
                        .put("organization", voter)
                        .put("expires", expires.getEpochSecond())));
        settle(electorate.has(voter) ? proposal.with(voter, Vote.APPROVE) : proposal, events);
        return events;
    }

    List<Event> vote(Sha256 id, Vote vote) {
        List<Event> events = closeExpired();
        Proposal proposal = open(id);
        Rejection.ABSTAINS.unless(electorate(proposal.change()).has(voter));
        Rejection.VOTED_ALREADY.when(proposal.votes().containsKey(voter));
        events.add(event(
                "network.proposal-voted",
                proposal,
                JsonObject.builder().put("organization", voter).put("vote", Codes.code(vote))));
        settle(proposal.with(voter, vote), events);
        return events;
    }

    List<Event> withdraw(Sha256 id) {
        List<Event> events = closeExpired();
        Proposal proposal = open(id);
        Rejection.NOT_AUTHORIZED.unless(proposal.proposer().equals(voter));
        close(proposal.closed(ProposalStatus.WITHDRAWN), events);
        return events;
    }

    private Electorate electorate(Change change) {
        Members members = new Members(state);
        Rejection.FOUNDER_STAYS.when(
                members.governance() == Governance.FOUNDER && change.concerned().equals(members.founder()));
        return Electorate.on(change, members);
    }

    private Proposal open(Sha256 id) {
        Proposal proposal = new Members(state).proposal(id).orElseThrow(Rejection.UNKNOWN_PROPOSAL);
        Rejection.PROPOSAL_EXPIRED.when(proposal.status() == ProposalStatus.EXPIRED);
        Rejection.WRONG_STATUS.unless(proposal.status() == ProposalStatus.OPEN);
        return proposal;
    }

    private void requireRoom() {
        List<Proposal> open = new Members(state).openProposals(call.time());
        long own = open.stream()
                .filter(proposal -> proposal.proposer().equals(voter))
                .count();
        Rejection.TOO_MANY_PROPOSALS.when(open.size() >= OpenProposals.MOST || own >= OpenProposals.MOST_OF_ONE);
    }

    private void settle(Proposal proposal, List<Event> events) {
        switch (electorate(proposal.change()).count(proposal.votes())) {
            case APPROVED -> enact(proposal, events);
            case REJECTED -> close(proposal.closed(ProposalStatus.REJECTED), events);
            case UNDECIDED -> put(proposal);
        }
    }

    private void enact(Proposal proposal, List<Event> events) {
        Draft draft = new Draft(state);
        try {
            Event made = new Enactment(draft, call.height()).enact(proposal.change());
            draft.commit();
            close(proposal.closed(ProposalStatus.ACCEPTED), events);
            events.add(made);
        } catch (RejectedException e) {
            close(proposal.failed(e.rejection().code()), events);
        }
    }

    private List<Event> closeExpired() {
        List<Event> events = new ArrayList<>();
        Members members = new Members(state);
        for (Sha256 id : OpenProposals.in(state).ids()) {
            members.proposal(id)
                    .filter(proposal -> !proposal.isOpen(call.time()))
                    .ifPresent(proposal -> close(proposal.closed(ProposalStatus.EXPIRED), events));
        }
        return events;
    }

    private void close(Proposal closed, List<Event> events) {
        OpenProposals.in(state).without(closed.id()).put(state);
        put(closed);
        Json.Builder data = JsonObject.builder().put("outcome", Codes.code(closed.status()));
        closed.failure().ifPresent(code -> data.put("code", code));
        events.add(event("network.proposal-decided", closed, data));
    }

    private void put(Proposal proposal) {
        state.put(Proposal.key(proposal.id()), proposal.write());
    }

    private static Event event(String type, Proposal proposal, Json.Builder data) {
        return new Event(type, data.put("proposal", proposal.id().base64Url()).build());
    }
}
