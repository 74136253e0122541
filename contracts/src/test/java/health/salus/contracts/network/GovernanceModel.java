package health.salus.contracts.network;

import health.salus.contracts.network.Change.ActivateContract;
import health.salus.contracts.network.Change.AdmitOrganization;
import health.salus.contracts.network.Change.RemoveOrganization;
import health.salus.contracts.network.Change.ReplaceAuthorities;
import health.salus.contracts.network.Change.RestoreOrganization;
import health.salus.contracts.network.Change.SetQuorum;
import health.salus.contracts.network.Change.SuspendOrganization;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rules of governance, written to be obvious: every answer looks at everything. Not thread-safe. */
final class GovernanceModel {
    /** An organization. */
    static final class Member {
        Status status = Status.ACTIVE;
        String node = "";
        Set<P256PublicKey> authorities = new HashSet<>();
    }

    /** A proposal. */
    static final class Motion {
        final Change change;
        final String proposer;
        final Instant expires;
        final Map<String, Vote> votes = new HashMap<>();
        ProposalStatus status = ProposalStatus.OPEN;

        Motion(Change change, String proposer, Instant expires) {
            this.change = change;
            this.proposer = proposer;
            this.expires = expires;
        }
    }

    final boolean founderDecides;
    final Map<String, Member> members = new TreeMap<>();
    final Map<Sha256, Motion> motions = new LinkedHashMap<>();
    private final Set<P256PublicKey> keys = new HashSet<>();
    private final Map<String, String> nodeOwners = new HashMap<>();
    private int demanded;
    private int version = 1;
    private long activation = 1;

    GovernanceModel(boolean founderDecides) {
        this.founderDecides = founderDecides;
    }

    boolean propose(String by, Sha256 id, Change change, Instant now, Instant expires, long height) {
        if (!votes(by) || !now.isBefore(expires) || (founderDecides && concerns(change, "m1"))) {
            return false;
        }
        Motion motion = new Motion(change, by, expires);
        long open =
                motions.values().stream().filter(other -> isOpen(other, now)).count();
        long own = motions.values().stream()
                .filter(other -> isOpen(other, now) && other.proposer.equals(by))
                .count();
        if (deciders(change).size() < needed(change) || !make(change, height, true) || open >= 64 || own >= 8) {
            return false;
        }
        expire(now);
        motions.put(id, motion);
        if (!concerns(change, by)) {
            motion.votes.put(by, Vote.APPROVE);
        }
        count(motion, height);
        return true;
    }

    boolean vote(String by, Sha256 id, Vote vote, Instant now, long height) {
        Motion motion = motions.get(id);
        if (motion == null
                || !isOpen(motion, now)
                || !deciders(motion.change).contains(by)
                || motion.votes.containsKey(by)) {
            return false;
        }
        expire(now);
        motion.votes.put(by, vote);
        count(motion, height);
        return true;
    }

    boolean withdraw(String by, Sha256 id, Instant now) {
        Motion motion = motions.get(id);
        if (motion == null || !votes(by) || !isOpen(motion, now) || !motion.proposer.equals(by)) {
            return false;
        }
        expire(now);
        motion.status = ProposalStatus.WITHDRAWN;
        return true;
    }

    boolean updateNode(String by, String node) {
        if (!isActive(by) || !nodeOwners.getOrDefault(node, by).equals(by)) {
            return false;
        }
        nodeOwners.put(node, by);
        member(by).node = node;
        return true;
    }

    boolean retireNode(String by) {
        if (!isActive(by) || member(by).node.isEmpty()) {
            return false;
        }
        member(by).node = "";
        return true;
    }

    void found(Candidate candidate, String node) {
        admit(candidate, node);
    }

    /** Organizations with nodes that take part. */
    List<String> witnesses() {
        return members.keySet().stream()
                .filter(id -> isActive(id) && !member(id).node.isEmpty())
                .toList();
    }

    int quorum() {
        int nodes = witnesses().size();
        int quorum = twoThirdsAndOne(nodes);
        return Math.max(quorum, Math.min(demanded, nodes));
    }

    boolean isActive(String id) {
        return members.containsKey(id) && member(id).status == Status.ACTIVE;
    }

    private boolean votes(String id) {
        return isActive(id) && (!founderDecides || id.equals("m1"));
    }

    private static boolean isOpen(Motion motion, Instant now) {
        return motion.status == ProposalStatus.OPEN && now.isBefore(motion.expires);
    }

    private void expire(Instant now) {
        for (Motion motion : motions.values()) {
            if (motion.status == ProposalStatus.OPEN && !isOpen(motion, now)) {
                motion.status = ProposalStatus.EXPIRED;
            }
        }
    }

    private static boolean concerns(Change change, String id) {
        return change.concerned().filter(id::equals).isPresent();
    }

    private List<String> deciders(Change change) {
        return members.keySet().stream()
                .filter(id -> votes(id) && !concerns(change, id))
                .toList();
    }

    private int needed(Change change) {
        int needed = twoThirdsAndOne(deciders(change).size());
        boolean aVoterIsConcerned = members.keySet().stream().anyMatch(id -> votes(id) && concerns(change, id));
        return aVoterIsConcerned && needed < 2 ? 2 : needed;
    }

    /** The least number of which more than two thirds of {@code n} are. */
    private static int twoThirdsAndOne(int n) {
        int needed = 0;
        while (3 * needed <= 2 * n) {
            needed++;
        }
        return needed;
    }

    private void count(Motion motion, long height) {
        List<String> deciders = deciders(motion.change);
        int approving = 0;
        int silent = 0;
        for (String id : deciders) {
            approving += motion.votes.get(id) == Vote.APPROVE ? 1 : 0;
            silent += motion.votes.containsKey(id) ? 0 : 1;
        }
        if (approving >= needed(motion.change)) {
            motion.status = make(motion.change, height, false) ? ProposalStatus.ACCEPTED : ProposalStatus.FAILED;
        } else if (approving + silent < needed(motion.change)) {
            motion.status = ProposalStatus.REJECTED;
        }
    }

    /** Makes a change if no rule forbids it, and says so; does not make it if it is only asked. */
    private boolean make(Change change, long height, boolean onlyAsked) {
        return switch (change) {
            case AdmitOrganization(Candidate candidate) -> {
                String node = candidate.node().isPresent() ? candidate.organization() : "";
                boolean possible = !members.containsKey(candidate.organization())
                        && !keys.contains(candidate.authority())
                        && (node.isEmpty()
                                || nodeOwners
                                        .getOrDefault(node, candidate.organization())
                                        .equals(candidate.organization()));
                if (possible && !onlyAsked) {
                    admit(candidate, node);
                }
                yield possible;
            }
            case RemoveOrganization(String id) ->
                move(id, List.of(Status.ACTIVE, Status.SUSPENDED), Status.REMOVED, onlyAsked);
            case SuspendOrganization(String id) -> move(id, List.of(Status.ACTIVE), Status.SUSPENDED, onlyAsked);
            case RestoreOrganization(String id) -> move(id, List.of(Status.SUSPENDED), Status.ACTIVE, onlyAsked);
            case ReplaceAuthorities(String id, List<P256PublicKey> replacing) -> {
                boolean possible = members.containsKey(id)
                        && member(id).status != Status.REMOVED
                        && replacing.stream()
                                .allMatch(key -> member(id).authorities.contains(key) || !keys.contains(key));
                if (possible && !onlyAsked) {
                    keys.addAll(replacing);
                    member(id).authorities = new HashSet<>(replacing);
                }
                yield possible;
            }
            case SetQuorum(int quorum) -> {
                int nodes = witnesses().size();
                boolean possible = quorum >= twoThirdsAndOne(nodes) && quorum <= nodes;
                if (possible && !onlyAsked) {
                    demanded = quorum;
                }
                yield possible;
            }
            case ActivateContract(String contract, int next, long from) -> {
                boolean possible = from > height && from > activation && next > version;
                if (possible && !onlyAsked) {
                    activation = from;
                    version = next;
                }
                yield possible;
            }
        };
    }

    private boolean move(String id, List<Status> from, Status to, boolean onlyAsked) {
        boolean possible = members.containsKey(id) && from.contains(member(id).status);
        if (possible && !onlyAsked) {
            member(id).status = to;
        }
        return possible;
    }

    private void admit(Candidate candidate, String node) {
        Member member = new Member();
        member.node = node;
        member.authorities.add(candidate.authority());
        members.put(candidate.organization(), member);
        keys.add(candidate.authority());
        if (!node.isEmpty()) {
            nodeOwners.put(node, candidate.organization());
        }
    }

    Member member(String id) {
        Member member = members.get(id);
        if (member == null) {
            throw new IllegalArgumentException("no member " + id);
        }
        return member;
    }

    List<Sha256> open(Instant now) {
        List<Sha256> open = new ArrayList<>();
        motions.forEach((id, motion) -> {
            if (isOpen(motion, now)) {
                open.add(id);
            }
        });
        return open;
    }
}
