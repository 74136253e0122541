package health.salus.contracts.network;

import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Fields;
import health.salus.contracts.rule.KeyIds;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.P256Certificate;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads who belongs to the network in one state. As thread-safe as the state. */
public record Members(StateView state) {
    static final Codes<Governance> GOVERNANCES = Codes.of(Governance.class);

    /** The member with this id. */
    public Optional<Organization> organization(String id) {
        return state.get(Organization.key(id)).map(value -> Organization.read(id, value));
    }

    /** All organizations that are members or were, ascending by id. */
    public List<Organization> organizations() {
        return Roll.ids(state).stream()
                .map(this::organization)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The nodes of active organizations, by the organization's id. */
    public SortedMap<String, Node> nodes() {
        SortedMap<String, Node> nodes = new TreeMap<>();
        organizations()
                .forEach(organization ->
                        organization.activeNode().ifPresent(node -> nodes.put(organization.id(), node)));
        return nodes;
    }

    /** Who decides for the network. */
    public Governance governance() {
        return state.get(governanceKey())
                .map(value -> GOVERNANCES.constant(new Fields(value).text("governance")))
                .orElse(Governance.FOUNDER);
    }

    /** Ids of the organizations that vote at the moment. */
    public NavigableSet<String> voters() {
        List<String> candidates = switch (governance()) {
            case FOUNDER -> founder().stream().toList();
            case MEMBERS -> Roll.ids(state);
        };
        return candidates.stream().filter(this::isActive).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether {@code organization} votes at the moment. */
    public boolean isVoter(String organization) {
        return isActive(organization)
                && switch (governance()) {
                    case FOUNDER -> founder().filter(organization::equals).isPresent();
                    case MEMBERS -> true;
                };
    }

    /** The proposal with this id, be it open or not. */
    public Optional<Proposal> proposal(Sha256 id) {
        return state.get(Proposal.key(id)).map(value -> Proposal.read(id, value));
    }

    /** The proposals that can be voted on at {@code time}, in the order in which they were made. */
    public List<Proposal> openProposals(Instant time) {
        return OpenProposals.in(state).ids().stream()
                .map(this::proposal)
                .flatMap(Optional::stream)
                .filter(proposal -> proposal.isOpen(time))
                .toList();
    }

    /** The organization that founded the network; there is one in every state after genesis. */
    public Optional<String> founder() {
        return state.get(founderKey()).map(value -> new Fields(value).text("organization"));
    }

    /** The certificate with this thumbprint, be it in force or not. */
    public Optional<Certificate> certificate(Sha256 kid) {
        return state.get(KeyIds.certificate(kid)).map(value -> Certificate.read(kid, value));
    }

    /** The certificate with this thumbprint if it may be used at {@code time}. */
    public Optional<Certificate> inForce(Sha256 kid, Instant time) {
        return certificate(kid).filter(certificate -> standing(certificate, time) == Standing.IN_FORCE);
    }

    /** Whether {@code certificate} may be used at {@code time}. */
    public Standing standing(Certificate certificate, Instant time) {
        return standing(certificate.status(), certificate.validity(), certificate.organization(), time);
    }

    private Standing standing(Status status, Period validity, String organization, Instant time) {
        if (status != Status.ACTIVE) {
            return status == Status.REVOKED ? Standing.REVOKED : Standing.SUSPENDED;
        }
        if (!validity.contains(time)) {
            return validity.isAfter(time) ? Standing.NOT_YET_VALID : Standing.EXPIRED;
        }
        return isActive(organization) ? Standing.IN_FORCE : standingWith(organization);
    }

    private Standing standingWith(String organization) {
        return organization(organization)
                        .filter(member -> member.status() == Status.REMOVED)
                        .isPresent()
                ? Standing.ORGANIZATION_REMOVED
                : Standing.ORGANIZATION_SUSPENDED;
    }

    /** Whether {@code organization} is a member and takes part at the moment. */
    public boolean isActive(String organization) {
        return state.get(Organization.key(organization))
                .filter(Organization::isActive)
                .isPresent();
    }

    /** The key of a certificate or CA, x ‖ y in base64url, if it may sign at {@code time}. */
    public Optional<String> signingKey(Sha256 kid, Instant time) {
        Optional<JsonObject> certificate = state.get(KeyIds.certificate(kid));
        if (certificate.isPresent()) {
            return certificate
                    .map(Fields::new)
                    .filter(fields -> maySign(fields, time))
                    .map(fields -> fields.text("key"));
        }
        return activeAuthority(kid).map(Authority::key);
    }

    /** Every transaction asks, so nothing is read of the certificate but what decides. */
    private boolean maySign(Fields certificate, Instant time) {
        Standing standing = standing(
                Certificate.status(certificate), Period.read(certificate), certificate.text("organization"), time);
        return standing == Standing.IN_FORCE;
    }

    /** Whether one of the CA keys of an active organization, which it names, has certified {@code certificate}, and nothing says since that it must not be used at {@code time}. */
    public boolean vouchFor(P256Certificate certificate, Instant time) {
        return certificate.isValidAt(time)
                && certificate
                        .organization()
                        .flatMap(this::organization)
                        .filter(Organization::isActive)
                        .filter(organization -> organization.authorities().stream()
                                .flatMap(kid -> activeAuthority(kid).stream())
                                .anyMatch(authority ->
                                        certificate.isSignedBy(P256PublicKey.ofBase64Url(authority.key()))))
                        .isPresent()
                && certificate(certificate.thumbprint())
                        .map(known -> standing(known, time) == Standing.IN_FORCE)
                        .orElse(true);
    }

    /** The version of {@code contract} for the transactions of the block at {@code height}. */
    public OptionalInt contractVersion(String contract, long height) {
        return state.get(ContractActivations.key(contract))
                .map(value -> ContractActivations.read(value).inForce(height))
                .orElse(OptionalInt.empty());
    }

    Optional<Authority> activeAuthority(Sha256 kid) {
        return state.get(KeyIds.authority(kid))
                .map(Authority::read)
                .filter(authority -> authority.status() == Status.ACTIVE && isActive(authority.organization()));
    }

    static StateKey founderKey() {
        return new StateKey(NetworkContract.NAME, "founder");
    }

    static StateKey governanceKey() {
        return new StateKey(NetworkContract.NAME, "governance");
    }
}
