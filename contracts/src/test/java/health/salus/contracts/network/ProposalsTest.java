package health.salus.contracts.network;

import static health.salus.contracts.TestKeys.key;
import static health.salus.contracts.TestKeys.kid;
import static health.salus.contracts.TestKeys.thumbprint;
import static health.salus.contracts.network.Consortium.admin;
import static health.salus.contracts.network.Consortium.approve;
import static health.salus.contracts.network.Consortium.proposal;
import static health.salus.contracts.network.Consortium.status;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.TestNetwork;
import health.salus.contracts.network.Change.ActivateContract;
import health.salus.contracts.network.Change.AdmitOrganization;
import health.salus.contracts.network.Change.RemoveOrganization;
import health.salus.contracts.network.Change.ReplaceAuthorities;
import health.salus.contracts.network.Change.RestoreOrganization;
import health.salus.contracts.network.Change.SetQuorum;
import health.salus.contracts.network.Change.SuspendOrganization;
import health.salus.contracts.network.NetworkAction.CastVote;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkAction.Propose;
import health.salus.contracts.network.NetworkAction.WithdrawProposal;
import health.salus.contracts.rule.Action;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;
import health.salus.ledger.contract.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProposalsTest {
    private static final Change LAB = new AdmitOrganization(TestNetwork.organization("lab"));
    private static final Change ACTIVATION = new ActivateContract("records", 2, 1_000_000);

    private final TestNetwork network = Consortium.of(4, false);

    @Test
    void a_change_is_made_with_the_vote_that_decides() {
        Sha256 id = propose("m1", LAB);
        assertThat(eventTypes()).containsExactly("network.proposal-opened");
        assertThat(vote("m2", id)).isEqualTo("accepted");
        assertThat(eventTypes()).containsExactly("network.proposal-voted");
        assertThat(members().organization("lab")).isEmpty();
        assertThat(members().openProposals(network.time()))
                .extracting(Proposal::id)
                .containsExactly(id);

        assertThat(vote("m3", id)).isEqualTo("accepted");

        assertThat(eventTypes())
                .containsExactly("network.proposal-voted", "network.proposal-decided", "network.organization-admitted");
        assertThat(members().isActive("lab")).isTrue();
        assertThat(status(network, id)).isEqualTo("ACCEPTED");
        assertThat(members().openProposals(network.time())).isEmpty();
        assertThat(vote("m4", id)).isEqualTo("wrong-status");
    }

    @Test
    void a_proposal_is_known_with_who_voted() {
        Sha256 id = propose("m2", LAB);
        network.must(admin("m4"), new CastVote(id, Vote.REJECT));

        Proposal proposal = proposal(network, id);

        assertThat(proposal.change()).isEqualTo(LAB);
        assertThat(proposal.proposer()).isEqualTo("m2");
        assertThat(proposal.votes()).containsOnly(entry("m2", Vote.APPROVE), entry("m4", Vote.REJECT));
    }

    @Test
    void where_the_founder_decides_its_proposals_take_effect_at_once() {
        TestNetwork founders = TestNetwork.founded()
                .certificate("founder-admin", "hospital", Role.ADMIN)
                .certificate("clinic-admin", "clinic", Role.ADMIN);

        assertThat(founders.call(kid("clinic-admin"), founders.proposal(LAB))).isEqualTo("not-authorized");
        assertThat(founders.call(kid("founder-admin"), founders.proposal(LAB))).isEqualTo("accepted");

        assertThat(founders.events())
                .extracting(Event::type)
                .containsExactly(
                        "network.proposal-opened", "network.proposal-decided", "network.organization-admitted");
        assertThat(new Members(founders.state()).voters()).containsExactly("hospital");
        assertThat(status(founders, founders.transaction())).isEqualTo("ACCEPTED");
    }

    @Test
    void where_the_founder_decides_it_stays() {
        TestNetwork founders = TestNetwork.founded().certificate("founder-admin", "hospital", Role.ADMIN);

        assertThat(Stream.of(
                                new RemoveOrganization("hospital"),
                                new SuspendOrganization("hospital"),
                                new ReplaceAuthorities("hospital", List.of(key("other"))))
                        .map(change -> founders.call(kid("founder-admin"), founders.proposal(change))))
                .containsOnly("founder-stays");
    }

    @Test
    void where_the_members_decide_the_founder_can_be_removed() {
        assertThat(members().founder()).contains("m1");

        assertThat(approve(network, new RemoveOrganization("m1"), List.of("m2", "m3", "m4")))
                .isEqualTo("ACCEPTED");

        assertThat(members().voters()).containsExactly("m2", "m3", "m4");
    }

    @Test
    void only_admins_act_for_a_voter() {
        Sha256 id = propose("m1", LAB);
        network.certificate("client", "m2", Role.CLIENT).certificate("peer", "m2", Role.PEER);

        for (Sha256 signer : List.of(kid("client"), kid("peer"), thumbprint("m2-ca"))) {
            for (Action action :
                    List.of(network.proposal(LAB), new CastVote(id, Vote.APPROVE), new WithdrawProposal(id))) {
                assertThat(network.call(signer, action)).isEqualTo("not-authorized");
            }
        }
    }

    @Test
    void an_organization_votes_once_whoever_of_its_admins_does() {
        network.certificate("m2-other", "m2", Role.ADMIN);
        Sha256 id = propose("m1", LAB);
        network.must(admin("m2"), new CastVote(id, Vote.REJECT));

        assertThat(vote("m1", id)).isEqualTo("voted-already");
        assertThat(vote("m2", id)).isEqualTo("voted-already");
        assertThat(network.call(kid("m2-other"), new CastVote(id, Vote.APPROVE)))
                .isEqualTo("voted-already");
    }

    @Test
    void whoever_is_concerned_abstains() {
        Sha256 id = propose("m1", new SuspendOrganization("m4"));

        assertThat(vote("m4", id)).isEqualTo("abstains");
        assertThat(network.call(admin("m4"), new CastVote(id, Vote.REJECT))).isEqualTo("abstains");

        assertThat(vote("m2", id)).isEqualTo("accepted");
        assertThat(vote("m3", id)).isEqualTo("accepted");
        assertThat(status(network, id)).isEqualTo("ACCEPTED");
    }

    @Test
    void whoever_wants_to_leave_asks_the_others() {
        Sha256 id = propose("m4", new RemoveOrganization("m4"));

        assertThat(proposal(network, id).votes()).isEmpty();
        assertThat(Stream.of("m1", "m2", "m3").map(member -> vote(member, id))).containsOnly("accepted");
        assertThat(members().organization("m4").orElseThrow().status()).isEqualTo(Status.REMOVED);
    }

    @Test
    void what_can_no_longer_pass_is_rejected() {
        Sha256 id = propose("m1", LAB);
        network.must(admin("m2"), new CastVote(id, Vote.REJECT));
        assertThat(status(network, id)).isEqualTo("OPEN");

        network.must(admin("m3"), new CastVote(id, Vote.REJECT));

        assertThat(status(network, id)).isEqualTo("REJECTED");
        assertThat(eventTypes()).containsExactly("network.proposal-voted", "network.proposal-decided");
        assertThat(vote("m4", id)).isEqualTo("wrong-status");
    }

    @Test
    void an_expired_proposal_takes_no_votes_and_is_closed_by_the_next_who_acts() {
        Sha256 id = propose("m1", LAB);
        Instant expires = proposal(network, id).expires();
        network.pass(Duration.between(network.time(), expires).minusMinutes(1)); // the next block's time is its expiry

        assertThat(vote("m2", id)).isEqualTo("proposal-expired");
        assertThat(members().openProposals(network.time())).isEmpty();
        propose("m2", LAB);

        assertThat(eventTypes()).containsExactly("network.proposal-decided", "network.proposal-opened");
        assertThat(status(network, id)).isEqualTo("EXPIRED");
        assertThat(vote("m2", id)).isEqualTo("proposal-expired");
        assertThat(network.call(admin("m1"), new WithdrawProposal(id))).isEqualTo("proposal-expired");
    }

    @Test
    void a_vote_just_in_time_counts() {
        Sha256 id = propose("m1", LAB);
        network.must(admin("m2"), new CastVote(id, Vote.APPROVE));
        network.pass(Duration.between(network.time(), proposal(network, id).expires())
                .minusMinutes(1)
                .minusMillis(1));

        assertThat(vote("m3", id)).isEqualTo("accepted");
        assertThat(status(network, id)).isEqualTo("ACCEPTED");
    }

    @Test
    void a_proposal_is_open_for_ninety_days_at_most() {
        Instant next = network.time().plus(Duration.ofMinutes(1));
        assertThat(network.call(admin("m1"), new Propose(LAB, next))).isEqualTo("invalid-period");
        assertThat(network.call(admin("m1"), new Propose(LAB, network.time().plus(Duration.ofDays(91)))))
                .isEqualTo("invalid-period");

        Instant latest = network.time().plus(Duration.ofMinutes(1)).plus(Duration.ofDays(90));
        assertThat(network.call(admin("m1"), new Propose(LAB, latest))).isEqualTo("accepted");
    }

    @Test
    void only_the_organization_that_proposed_withdraws() {
        Sha256 id = propose("m1", LAB);

        assertThat(network.call(admin("m2"), new WithdrawProposal(id))).isEqualTo("not-authorized");
        assertThat(network.call(admin("m1"), new WithdrawProposal(id))).isEqualTo("accepted");

        assertThat(status(network, id)).isEqualTo("WITHDRAWN");
        assertThat(vote("m2", id)).isEqualTo("wrong-status");
        assertThat(network.call(admin("m1"), new WithdrawProposal(id))).isEqualTo("wrong-status");
    }

    @Test
    void what_breaks_a_rule_is_not_put_to_the_vote() {
        assertThat(call("m1", new AdmitOrganization(TestNetwork.organization("m2"))))
                .isEqualTo("organization-exists");
        assertThat(call("m1", new AdmitOrganization(new Candidate("lab", key("m2-ca"), "https://lab.example", "x"))))
                .isEqualTo("invalid-argument");
        assertThat(call("m1", new AdmitOrganization(withCa("lab", "m2-ca")))).isEqualTo("key-in-use");
        assertThat(call("m1", new RestoreOrganization("m2"))).isEqualTo("wrong-status");
        assertThat(call("m1", new SuspendOrganization("nowhere"))).isEqualTo("unknown-organization");
        assertThat(call("m1", new SetQuorum(3))).isEqualTo("unsafe-quorum");
        assertThat(call("m1", new ActivateContract("records", 1, 1_000_000))).isEqualTo("version-not-newer");
        assertThat(call("m1", new ActivateContract("records", 2, 2))).isEqualTo("too-late");
        assertThat(members().openProposals(network.time())).isEmpty();
    }

    @Test
    void a_change_that_cannot_be_made_any_more_fails_and_leaves_nothing_behind() {
        Sha256 first = propose("m1", LAB);
        Sha256 second = propose("m2", new AdmitOrganization(withCa("lab", "other-ca")));
        Stream.of("m2", "m3").forEach(member -> network.must(admin(member), new CastVote(first, Vote.APPROVE)));
        Stream.of("m1", "m3").forEach(member -> network.must(admin(member), new CastVote(second, Vote.APPROVE)));
        assertThat(status(network, second)).as("three of five").isEqualTo("OPEN");

        assertThat(vote("m4", second)).isEqualTo("accepted");

        assertThat(status(network, second)).isEqualTo("FAILED");
        assertThat(proposal(network, second).failure()).contains("organization-exists");
        assertThat(eventTypes()).containsExactly("network.proposal-voted", "network.proposal-decided");
        assertThat(call("m1", new AdmitOrganization(withCa("other", "other-ca"))))
                .as("the CA key of the failed change is free")
                .isEqualTo("accepted");
    }

    @Test
    void a_half_made_change_that_fails_leaves_nothing_behind() {
        Sha256 id = propose("m1", new ReplaceAuthorities("m4", List.of(key("x-ca"), key("y-ca"))));
        network.must(admin("m2"), new CastVote(id, Vote.APPROVE));
        boolean xFirst = key("x-ca").base64Url().compareTo(key("y-ca").base64Url()) < 0;
        String later = xFirst ? "y-ca" : "x-ca";
        network.must(thumbprint("m2-ca"), new NetworkAction.AddAuthority(key(later)));

        assertThat(vote("m3", id)).isEqualTo("accepted");

        assertThat(proposal(network, id).failure()).contains("key-in-use");
        assertThat(members().organization("m4").orElseThrow().authorities()).containsExactly(thumbprint("m4-ca"));
        assertThat(members().activeAuthority(thumbprint(xFirst ? "x-ca" : "y-ca")))
                .isEmpty();
        assertThat(members().activeAuthority(thumbprint("m4-ca"))).isPresent();
    }

    @Test
    void votes_of_organizations_that_are_out_meanwhile_do_not_count() {
        Sha256 id = propose("m1", LAB);
        network.must(admin("m2"), new CastVote(id, Vote.APPROVE));
        assertThat(approve(network, new SuspendOrganization("m1"), List.of("m2", "m3", "m4")))
                .isEqualTo("ACCEPTED");

        assertThat(vote("m3", id)).isEqualTo("accepted");
        assertThat(status(network, id)).as("two of three").isEqualTo("OPEN");
        assertThat(vote("m1", id)).isEqualTo("unknown-key");

        assertThat(vote("m4", id)).isEqualTo("accepted");
        assertThat(status(network, id)).isEqualTo("ACCEPTED");
    }

    @Test
    void a_removed_organization_is_out_for_ever() {
        network.must(admin("m4"), enroll("m4-nurse"));
        assertThat(approve(network, new RemoveOrganization("m4"), List.of("m1", "m2", "m3")))
                .isEqualTo("ACCEPTED");

        Certificate nurse = members().certificate(kid("m4-nurse")).orElseThrow();
        assertThat(members().standing(nurse, network.time())).isEqualTo(Standing.ORGANIZATION_REMOVED);
        assertThat(network.call(thumbprint("m4-ca"), enroll("new"))).isEqualTo("unknown-key");
        assertThat(network.call(admin("m4"), enroll("new"))).isEqualTo("unknown-key");
        for (Change change : List.of(
                new RestoreOrganization("m4"),
                new SuspendOrganization("m4"),
                new RemoveOrganization("m4"),
                new ReplaceAuthorities("m4", List.of(key("new-ca"))))) {
            assertThat(call("m1", change)).isEqualTo("wrong-status");
        }
        assertThat(call("m1", new AdmitOrganization(withCa("m4", "new-ca")))).isEqualTo("organization-exists");
        assertThat(members().organizations()).extracting(Organization::id).contains("m4");
    }

    @Test
    void a_suspended_organization_can_be_removed() {
        assertThat(approve(network, new SuspendOrganization("m4"), List.of("m1", "m2", "m3")))
                .isEqualTo("ACCEPTED");
        assertThat(approve(network, new RemoveOrganization("m4"), List.of("m1", "m2", "m3")))
                .isEqualTo("ACCEPTED");
    }

    @Test
    void stolen_ca_keys_are_replaced_by_the_others() {
        network.must(thumbprint("m4-ca"), new NetworkAction.AddAuthority(key("m4-stays")));

        assertThat(approve(
                        network,
                        new ReplaceAuthorities("m4", List.of(key("m4-new"), key("m4-stays"))),
                        List.of("m1", "m2", "m3")))
                .isEqualTo("ACCEPTED");

        assertThat(network.call(thumbprint("m4-ca"), enroll("x"))).isEqualTo("unknown-key");
        assertThat(network.call(thumbprint("m4-new"), enroll("x"))).isEqualTo("accepted");
        assertThat(network.call(thumbprint("m4-stays"), enroll("y"))).isEqualTo("accepted");
        assertThat(call("m1", new ReplaceAuthorities("m4", List.of(key("m4-ca")))))
                .as("revoked for ever")
                .isEqualTo("key-in-use");
    }

    @Test
    void a_contract_is_activated_at_its_height() {
        assertThat(approve(network, ACTIVATION, List.of("m1", "m2", "m3"))).isEqualTo("ACCEPTED");

        assertThat(members().contractVersion("records", 999_999)).hasValue(1);
        assertThat(members().contractVersion("records", 1_000_000)).hasValue(2);
    }

    @Test
    void there_are_eight_proposals_of_one_organization_at_most() {
        for (int i = 0; i < 8; i++) {
            propose("m1", ACTIVATION);
        }

        assertThat(call("m1", ACTIVATION)).isEqualTo("too-many-proposals");
        assertThat(call("m2", ACTIVATION)).isEqualTo("accepted");

        network.must(
                admin("m1"),
                new WithdrawProposal(
                        members().openProposals(network.time()).getFirst().id()));
        assertThat(call("m1", ACTIVATION)).isEqualTo("accepted");
    }

    @Test
    void there_are_sixty_four_proposals_at_most_until_some_expire() {
        TestNetwork many = Consortium.of(9, false);
        for (int i = 0; i < 64; i++) {
            many.must(admin("m" + (i / 8 + 1)), many.proposal(ACTIVATION));
        }

        assertThat(many.call(admin("m9"), many.proposal(ACTIVATION))).isEqualTo("too-many-proposals");
        many.pass(Duration.ofDays(31));
        assertThat(many.call(admin("m9"), many.proposal(ACTIVATION))).isEqualTo("accepted");

        assertThat(new Members(many.state()).openProposals(many.time())).hasSize(1);
    }

    @Test
    void there_has_to_be_a_proposal() {
        assertThat(vote("m1", kid("none"))).isEqualTo("unknown-proposal");
        assertThat(network.call(admin("m1"), new WithdrawProposal(kid("none")))).isEqualTo("unknown-proposal");
    }

    static Stream<Change> changes() {
        return Stream.of(
                LAB,
                new AdmitOrganization(TestNetwork.withNode("lab")),
                new RemoveOrganization("m2"),
                new SuspendOrganization("m2"),
                new RestoreOrganization("m2"),
                new ReplaceAuthorities("m2", List.of(key("a"), key("b"), key("c"))),
                new SetQuorum(5),
                ACTIVATION);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_proposal_reads_back(Change change) {
        Proposal open = Proposal.open(kid("id"), change, "m1", Instant.ofEpochSecond(7))
                .with("m1", Vote.APPROVE)
                .with("m2", Vote.REJECT);

        assertThat(Proposal.read(kid("id"), open.write())).isEqualTo(open);
        assertThat(Proposal.read(kid("id"), open.failed("late").write())).isEqualTo(open.failed("late"));
    }

    @ParameterizedTest
    @EnumSource(Governance.class)
    void a_genesis_says_who_governs(Governance governance) {
        TestNetwork founded = TestNetwork.founded(
                governance, List.of(TestNetwork.organization("one"), TestNetwork.organization("two")));

        Members members = new Members(founded.state());
        assertThat(members.governance()).isEqualTo(governance);
        assertThat(members.voters()).hasSize(governance == Governance.MEMBERS ? 2 : 1);
    }

    private Sha256 propose(String member, Change change) {
        network.must(admin(member), network.proposal(change));
        return network.transaction();
    }

    private String call(String member, Change change) {
        return network.call(admin(member), network.proposal(change));
    }

    private String vote(String member, Sha256 id) {
        return network.call(admin(member), new CastVote(id, Vote.APPROVE));
    }

    private Members members() {
        return new Members(network.state());
    }

    private List<String> eventTypes() {
        return network.events().stream().map(Event::type).toList();
    }

    private EnrollCertificate enroll(String name) {
        return new EnrollCertificate(
                kid(name), key(name), Role.CLIENT, EnumSet.noneOf(Attribute.class), network.days(0, 10));
    }

    private static Candidate withCa(String id, String ca) {
        Candidate candidate = TestNetwork.organization(id);
        return new Candidate(id, key(ca), candidate.gateway(), candidate.logKey(), Optional.empty());
    }

    private static Map.Entry<String, Vote> entry(String member, Vote vote) {
        return Map.entry(member, vote);
    }
}
