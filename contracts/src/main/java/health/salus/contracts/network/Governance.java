package health.salus.contracts.network;

import health.salus.contracts.network.ContractActivations.Activation;
import health.salus.contracts.network.NetworkAction.AdmitOrganization;
import health.salus.contracts.rule.KeyIds;
import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.WorldState;
import java.util.List;

/** What the founder's admins decide for the network. */
record Governance(WorldState state, String founder, long height) {
    /** On behalf of the signer. @throws health.salus.contracts.rule.RejectedException unless the founder's admin */
    static Governance of(Call call, WorldState state) {
        Members members = new Members(state);
        String founder = members.founder().orElseThrow(Rejection.NOT_AUTHORIZED);
        Rejection.NOT_AUTHORIZED.unless(members.inForce(call.signer(), call.time())
                .filter(signer ->
                        signer.role() == Role.ADMIN && signer.organization().equals(founder))
                .isPresent());
        return new Governance(state, founder, call.height());
    }

    Event admit(AdmitOrganization admit) {
        admit(admit, state);
        return event("network.organization-admitted", admit.organization());
    }

    /** Takes an organization in, whoever decided it. */
    static void admit(AdmitOrganization admit, WorldState state) {
        StateKey key = Organization.key(admit.organization());
        Rejection.ORGANIZATION_EXISTS.when(state.get(key).isPresent());
        Sha256 authority = admit.authority().thumbprint();
        Rejection.KEY_IN_USE.when(KeyIds.taken(state, authority));
        state.put(
                KeyIds.authority(authority),
                new Authority(admit.organization(), admit.authority().base64Url(), Status.ACTIVE).write());
        state.put(
                key,
                new Organization(
                                admit.organization(),
                                List.of(authority),
                                admit.gateway(),
                                admit.logKey(),
                                Status.ACTIVE)
                        .write());
    }

    Event suspend(String id) {
        Rejection.FOUNDER_STAYS.when(id.equals(founder));
        move(id, Status.ACTIVE, Status.SUSPENDED);
        return event("network.organization-suspended", id);
    }

    Event restore(String id) {
        move(id, Status.SUSPENDED, Status.ACTIVE);
        return event("network.organization-restored", id);
    }

    Event activate(String contract, Activation next) {
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
        Organization organization = new Members(state).organization(id).orElseThrow(Rejection.UNKNOWN_ORGANIZATION);
        Rejection.WRONG_STATUS.unless(organization.status() == from);
        state.put(Organization.key(id), organization.with(to).write());
    }

    private static Event event(String type, String organization) {
        return new Event(
                type, JsonObject.builder().put("organization", organization).build());
    }
}
