package health.salus.contracts.network;

import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkAction.UpdateOrganization;
import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Fields;
import health.salus.contracts.rule.KeyIds;
import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import health.salus.identity.Role;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.WorldState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an organization decides about itself, by its CA keys or its admins. */
record OwnOrganization(WorldState state, Organization organization, Instant time) {
    /** Most CA keys that an organization can have at once. */
    static final int MOST_AUTHORITIES = 8;

    /** The signer's. @throws health.salus.contracts.rule.RejectedException unless the signer is its CA or admin */
    static OwnOrganization of(Call call, WorldState state) {
        Members members = new Members(state);
        Optional<String> byAdmin = members.inForce(call.signer(), call.time())
                .filter(signer -> signer.role() == Role.ADMIN)
                .map(Certificate::organization);
        Organization organization = byAdmin.or(
                        () -> members.activeAuthority(call.signer()).map(Authority::organization))
                .flatMap(members::organization)
                .orElseThrow(Rejection.NOT_AUTHORIZED);
        return new OwnOrganization(state, organization, call.time());
    }

    Event update(UpdateOrganization update) {
        put(new Organization(
                organization.id(),
                organization.authorities(),
                update.gateway(),
                update.logKey(),
                organization.node(),
                organization.status()));
        return event("network.organization-updated", JsonObject.builder());
    }

    Event updateNode(Node node) {
        put(organization.with(Optional.of(node)));
        return event("network.node-updated", JsonObject.builder());
    }

    Event retireNode() {
        Rejection.NO_NODE.when(organization.node().isEmpty());
        put(organization.with(Optional.empty()));
        return event("network.node-retired", JsonObject.builder());
    }

    Event addAuthority(P256PublicKey key) {
        Sha256 kid = key.thumbprint();
        Rejection.KEY_IN_USE.when(KeyIds.taken(state, kid));
        Rejection.TOO_MANY_KEYS.when(organization.authorities().size() >= MOST_AUTHORITIES);
        List<Sha256> authorities = new ArrayList<>(organization.authorities());
        authorities.add(kid);
        put(organization.with(authorities));
        new Authority(organization.id(), key.base64Url(), Status.ACTIVE).put(state, kid);
        return event("network.authority-added", kid);
    }

    Event retireAuthority(Sha256 kid) {
        List<Sha256> authorities = new ArrayList<>(organization.authorities());
        Rejection.UNKNOWN_KEY.unless(authorities.remove(kid));
        Rejection.LAST_KEY.when(authorities.isEmpty());
        Authority retired = new Members(state).activeAuthority(kid).orElseThrow(Rejection.UNKNOWN_KEY);
        put(organization.with(authorities));
        retired.with(Status.REVOKED).put(state, kid);
        return event("network.authority-retired", kid);
    }

    Event enroll(EnrollCertificate enroll) {
        Rejection.KEY_IN_USE.when(KeyIds.taken(state, enroll.kid()));
        enroll.validity().requireReasonableAt(time);
        Certificate certificate = new Certificate(
                enroll.kid(), organization.id(), enroll.role(), enroll.attributes(), enroll.validity(), Status.ACTIVE);
        state.put(
                KeyIds.certificate(enroll.kid()), certificate.write(enroll.key().base64Url()));
        return event("network.certificate-enrolled", enroll.kid());
    }

    Event revoke(Sha256 kid, RevocationReason reason) {
        Rejection.WRONG_STATUS.when(certificate(kid).status() == Status.REVOKED);
        put(kid, Status.REVOKED);
        return event(
                "network.certificate-revoked",
                JsonObject.builder().put("kid", kid.base64Url()).put("reason", Codes.code(reason)));
    }

    Event suspend(Sha256 kid) {
        Rejection.WRONG_STATUS.unless(certificate(kid).status() == Status.ACTIVE);
        put(kid, Status.SUSPENDED);
        return event("network.certificate-suspended", kid);
    }

    Event restore(Sha256 kid) {
        Rejection.WRONG_STATUS.unless(certificate(kid).status() == Status.SUSPENDED);
        put(kid, Status.ACTIVE);
        return event("network.certificate-restored", kid);
    }

    private Certificate certificate(Sha256 kid) {
        return new Members(state)
                .certificate(kid)
                .filter(certificate -> certificate.organization().equals(organization.id()))
                .orElseThrow(Rejection.UNKNOWN_CERTIFICATE);
    }

    private void put(Sha256 kid, Status status) {
        Certificate before = certificate(kid);
        String key = state.get(KeyIds.certificate(kid))
                .map(value -> new Fields(value).text("key"))
                .orElseThrow(Rejection.UNKNOWN_CERTIFICATE);
        Certificate after = new Certificate(
                kid, before.organization(), before.role(), before.attributes(), before.validity(), status);
        state.put(KeyIds.certificate(kid), after.write(key));
    }

    private void put(Organization changed) {
        new Roll(state).put(changed);
    }

    private Event event(String type, Sha256 kid) {
        return event(type, JsonObject.builder().put("kid", kid.base64Url()));
    }

    private Event event(String type, Json.Builder data) {
        return new Event(type, data.put("organization", organization.id()).build());
    }
}
