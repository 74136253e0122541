package health.salus.contracts.network;

import static health.salus.contracts.TestKeys.key;
import static health.salus.contracts.network.Consortium.admin;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.TestNetwork;
import health.salus.contracts.network.Change.ActivateContract;
import health.salus.contracts.network.Change.AdmitOrganization;
import health.salus.contracts.network.Change.RemoveOrganization;
import health.salus.contracts.network.Change.ReplaceAuthorities;
import health.salus.contracts.network.Change.RestoreOrganization;
import health.salus.contracts.network.Change.SetQuorum;
import health.salus.contracts.network.Change.SuspendOrganization;
import health.salus.contracts.network.GovernanceModel.Motion;
import health.salus.contracts.network.NetworkAction.CastVote;
import health.salus.contracts.network.NetworkAction.Propose;
import health.salus.contracts.network.NetworkAction.RetireNode;
import health.salus.contracts.network.NetworkAction.UpdateNode;
import health.salus.contracts.network.NetworkAction.WithdrawProposal;
import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Codes;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;
import health.salus.ledger.finality.WitnessSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Random histories of proposals, votes, nodes and time: a plain model foretells all that comes of them. */
class GovernanceHistoryPropertyTest {
    private static final int STEPS = 60;
    private static final int MOST_MEMBERS = 7;
    private static final List<Change.Type> TYPES = List.of(Change.Type.values());
    private static final Map<String, TestNetwork> FOUNDED = new ConcurrentHashMap<>();

    @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void a_plain_model_foretells_what_becomes_of_every_proposal(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int founders, @ForAll Governance governance) {
        History history = new History(new SplittableRandom(seed), founders, governance);
        for (int i = 0; i < STEPS; i++) {
            history.step();
            history.compare();
        }

        history.model.motions.values().forEach(motion -> {
            Statistics.label("end").collect(motion.status);
            Statistics.label("made").collect(motion.change.type(), motion.status == ProposalStatus.ACCEPTED);
        });
        Statistics.label("end").coverage(coverage -> {
            for (ProposalStatus end : ProposalStatus.values()) {
                coverage.check(end).count(count -> count > 30);
            }
        });
        Statistics.label("made")
                .coverage(coverage ->
                        TYPES.forEach(type -> coverage.check(type, true).count(count -> count > 30)));
    }

    private static TestNetwork found(int founders, Governance governance) {
        List<Candidate> candidates = new ArrayList<>();
        Consortium.ids(founders).forEach(id -> candidates.add(candidate(id)));
        TestNetwork network = TestNetwork.founded(governance, candidates);
        Consortium.ids(founders).forEach(id -> network.certificate(id + "-admin", id, Role.ADMIN));
        return network;
    }

    /** Those with an even number have a node. */
    private static Candidate candidate(String id) {
        return Integer.parseInt(id.substring(1)) % 2 == 0 ? TestNetwork.withNode(id) : TestNetwork.organization(id);
    }

    /** One history, in the contract and in the model. */
    private static final class History {
        private final SplittableRandom random;
        private final TestNetwork network;
        private final GovernanceModel model;
        private final Set<String> enrolled = new HashSet<>();

        private History(SplittableRandom random, int founders, Governance governance) {
            this.random = random;
            this.network = FOUNDED.computeIfAbsent(founders + " " + governance, any -> found(founders, governance))
                    .copy();
            this.model = new GovernanceModel(governance == Governance.FOUNDER);
            for (String id : Consortium.ids(founders)) {
                Candidate candidate = candidate(id);
                model.found(candidate, candidate.node().isPresent() ? id : "");
                enrolled.add(id);
            }
        }

        private void step() {
            if (random.nextInt(10) == 0) {
                network.pass(Duration.ofHours(1L << random.nextInt(9)));
            }
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5 -> propose();
                case 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 -> vote();
                case 17 -> withdraw();
                case 18 -> updateNode();
                default -> retireNode();
            }
            enrollAdmins();
        }

        private void propose() {
            String by = actor();
            Change change = change();
            Instant expires = network.time().plus(Duration.ofHours(random.nextInt(-1, 200)));
            long height = network.history().height() + 1;
            boolean accepted = call(by, new Propose(change, Instant.ofEpochSecond(expires.getEpochSecond())));
            assertThat(accepted)
                    .isEqualTo(model.propose(by, network.transaction(), change, network.time(), expires, height));
        }

        private void vote() {
            String by = actor();
            Sha256 id = proposal();
            Vote vote = random.nextInt(4) > 0 ? Vote.APPROVE : Vote.REJECT;
            long height = network.history().height() + 1;
            boolean accepted = call(by, new CastVote(id, vote));
            assertThat(accepted).isEqualTo(model.vote(by, id, vote, network.time(), height));
        }

        private void withdraw() {
            Sha256 id = proposal();
            Motion motion = model.motions.get(id);
            String by = motion == null || random.nextInt(3) == 0 ? actor() : motion.proposer;
            boolean accepted = call(by, new WithdrawProposal(id));
            assertThat(accepted).isEqualTo(model.withdraw(by, id, network.time()));
        }

        private void updateNode() {
            String by = actor();
            String node = random.nextInt(3) == 0 ? member() : by + "-" + random.nextInt(2);
            boolean accepted = call(by, new UpdateNode(TestNetwork.node(node)));
            assertThat(accepted).isEqualTo(model.updateNode(by, node));
        }

        private void retireNode() {
            String by = actor();
            boolean accepted = call(by, new RetireNode());
            assertThat(accepted).isEqualTo(model.retireNode(by));
        }

        private Change change() {
            return switch (any(TYPES, Change.Type.ADMIT_ORGANIZATION)) {
                case ADMIT_ORGANIZATION -> new AdmitOrganization(candidate(member()));
                case REMOVE_ORGANIZATION ->
                    random.nextInt(2) == 0 ? new RemoveOrganization(member()) : new SuspendOrganization(member());
                case SUSPEND_ORGANIZATION -> new SuspendOrganization(member());
                case RESTORE_ORGANIZATION -> new RestoreOrganization(suspended());
                case REPLACE_AUTHORITIES ->
                    new ReplaceAuthorities(
                            member(),
                            random.nextBoolean()
                                    ? List.of(key("spare-" + random.nextInt(20)), key(member() + "-ca"))
                                    : List.of(key("spare-" + random.nextInt(20))));
                case SET_QUORUM -> new SetQuorum(1 + random.nextInt(5));
                case ACTIVATE_CONTRACT ->
                    new ActivateContract(
                            "records", 2 + random.nextInt(6), network.history().height() + 1 + random.nextInt(60));
            };
        }

        private boolean call(String by, Action action) {
            return network.call(admin(by), action).equals("accepted");
        }

        /** Gives whoever was admitted a certificate to vote with, as long as its first CA key may sign. */
        private void enrollAdmins() {
            model.members.forEach((id, member) -> {
                if (member.status == Status.ACTIVE
                        && member.authorities.contains(key(id + "-ca"))
                        && enrolled.add(id)) {
                    network.certificate(id + "-admin", id, Role.ADMIN);
                }
            });
        }

        private void compare() {
            Members members = new Members(network.state());
            assertThat(members.organizations())
                    .extracting(Organization::id)
                    .containsExactlyElementsOf(model.members.keySet());
            for (Organization organization : members.organizations()) {
                GovernanceModel.Member expected = model.member(organization.id());
                assertThat(organization.status()).isEqualTo(expected.status);
                assertThat(organization.authorities())
                        .containsExactlyInAnyOrderElementsOf(expected.authorities.stream()
                                .map(key -> key.thumbprint())
                                .toList());
                assertThat(organization.node())
                        .isEqualTo(
                                expected.node.isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(TestNetwork.node(expected.node)));
            }
            model.motions.forEach((id, motion) -> {
                Proposal proposal = members.proposal(id).orElseThrow();
                assertThat(proposal.status())
                        .as("%s of %s", Codes.code(motion.change.type()), motion.proposer)
                        .isEqualTo(motion.status);
                assertThat(proposal.votes()).containsExactlyInAnyOrderEntriesOf(motion.votes);
            });
            assertThat(members.openProposals(network.time()))
                    .extracting(Proposal::id)
                    .containsExactlyElementsOf(model.open(network.time()));
            assertThat(WitnessSet.in(network.state())).isEqualTo(recomputed(members));
        }

        private WitnessSet recomputed(Members members) {
            List<WitnessSet.Member> all = members.organizations().stream()
                    .filter(Organization::isActive)
                    .flatMap(organization -> organization.node().stream()
                            .map(node -> new WitnessSet.Member(organization.id(), node.log(), node.witness())))
                    .toList();
            assertThat(all).extracting(WitnessSet.Member::organization).isEqualTo(model.witnesses());
            return all.isEmpty() ? WitnessSet.NONE : new WitnessSet(all, model.quorum());
        }

        private String member() {
            return "m" + (1 + random.nextInt(MOST_MEMBERS));
        }

        private String actor() {
            List<String> active =
                    model.members.keySet().stream().filter(model::isActive).toList();
            return random.nextInt(10) == 0 ? member() : any(active, member());
        }

        private String suspended() {
            return any(
                    model.members.keySet().stream()
                            .filter(id -> model.member(id).status == Status.SUSPENDED)
                            .toList(),
                    member());
        }

        private Sha256 proposal() {
            List<Sha256> open = model.open(network.time());
            List<Sha256> all = List.copyOf(model.motions.keySet());
            return any(random.nextInt(8) > 0 ? open : all, Sha256.of(new byte[0]));
        }

        private <T> T any(List<T> list, T otherwise) {
            return list.isEmpty() ? otherwise : list.get(random.nextInt(list.size()));
        }
    }
}
