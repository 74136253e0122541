package health.salus.contracts.network;

import health.salus.contracts.network.Change.ActivateContract;
import health.salus.contracts.network.Change.AdmitOrganization;
import health.salus.contracts.network.Change.RemoveOrganization;
import health.salus.contracts.network.Change.ReplaceAuthorities;
import health.salus.contracts.network.Change.RestoreOrganization;
import health.salus.contracts.network.Change.SetQuorum;
import health.salus.contracts.network.Change.SuspendOrganization;
import health.salus.contracts.network.ContractActivations.Activation;
import health.salus.contracts.rule.KeyIds;
import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.WorldState;
import java.util.List;

/**
 * Makes changes that were decided.
 *
 * @param height of the block that does
 */
record Enactment(WorldState state, long height) {
    /** @throws health.salus.contracts.rule.RejectedException where a rule forbids it; it may be half made then */
    Event enact(Change change) {
        return switch (change) {
            case AdmitOrganization(Candidate candidate) -> admit(candidate);
            case RemoveOrganization(String id) -> remove(id);
            case SuspendOrganization(String id) -> {
                move(id, Status.ACTIVE, Status.SUSPENDED);
                yield event("network.organization-suspended", id);
            }
            case RestoreOrganization(String id) -> {
                move(id, Status.SUSPENDED, Status.ACTIVE);
                yield event("network.organization-restored", id);
            }
            case ReplaceAuthorities(String id, List<P256PublicKey> authorities) -> replace(id, authorities);
            case SetQuorum(int quorum) -> {
                new Roll(state).quorum(quorum);
                yield new Event(
                        "network.quorum-set",
                        JsonObject.builder().put("quorum", quorum).build());
            }
            case ActivateContract(String contract, int version, long from) ->
                activate(contract, new Activation(from, version));
        };
    }

    Event admit(Candidate candidate) {
        Rejection.ORGANIZATION_EXISTS.when(
                state.get(Organization.key(candidate.organization())).isPresent());
        putFresh(candidate.organization(), candidate.authority());
        new Roll(state)
                .put(new Organization(
                        candidate.organization(),
                        List.of(candidate.authority().thumbprint()),
                        candidate.gateway(),
                        candidate.logKey(),
                        candidate.node(),
                        Status.ACTIVE));
        return event("network.organization-admitted", candidate.organization());
    }

    private Event remove(String id) {
        new Roll(state).put(member(id).with(Status.REMOVED));
        return event("network.organization-removed", id);
    }

    private Event replace(String id, List<P256PublicKey> authorities) {
        Organization organization = member(id);
        List<Sha256> kids = authorities.stream().map(P256PublicKey::thumbprint).toList();
        for (Sha256 old : organization.authorities()) {
            if (!kids.contains(old)) {
                Authority.read(state.get(KeyIds.authority(old)).orElseThrow(Rejection.UNKNOWN_KEY))
                        .with(Status.REVOKED)
                        .put(state, old);
            }
        }
        authorities.stream()
                .filter(key -> !organization.authorities().contains(key.thumbprint()))
                .forEach(key -> putFresh(id, key));
        new Roll(state).put(organization.with(kids));
        return event("network.authorities-replaced", id);
    }

    private Event activate(String contract, Activation next) {
        StateKey key = ContractActivations.key(contract);
        ContractActivations before =
                state.get(key).map(ContractActivations::read).orElse(new ContractActivations(List.of()));
        Rejection.TOO_LATE.unless(next.height() > height);
        Rejection.VERSION_NOT_NEWER.unless(before.precede(next));
        state.put(key, before.and(next).write());
        return new Event(
                "network.contract-activated",
                JsonObject.builder()
                        .put("contract", contract)
                        .put("version", next.version())
                        .put("height", next.height())
                        .build());
    }

    private void move(String id, Status from, Status to) {
        Organization organization = member(id);
        Rejection.WRONG_STATUS.unless(organization.status() == from);
        new Roll(state).put(organization.with(to));
    }

    private Organization member(String id) {
        Organization organization = new Members(state).organization(id).orElseThrow(Rejection.UNKNOWN_ORGANIZATION);
        Rejection.WRONG_STATUS.when(organization.status() == Status.REMOVED);
        return organization;
    }

    private void putFresh(String organization, P256PublicKey key) {
        Sha256 kid = key.thumbprint();
        Rejection.KEY_IN_USE.when(KeyIds.taken(state, kid));
        new Authority(organization, key.base64Url(), Status.ACTIVE).put(state, kid);
    }

    private static Event event(String type, String organization) {
        return new Event(
                type, JsonObject.builder().put("organization", organization).build());
    }
}
