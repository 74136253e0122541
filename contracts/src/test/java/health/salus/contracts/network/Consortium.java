package health.salus.contracts.network;

import static health.salus.contracts.TestKeys.kid;

import health.salus.contracts.TestNetwork;
import health.salus.contracts.network.NetworkAction.CastVote;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A network whose members decide: {@code m1} to {@code mn}, each with a certificate {@code <id>-admin}. */
final class Consortium {
    private Consortium() {}

    static TestNetwork of(int members, boolean withNodes) {
        List<Candidate> candidates = new ArrayList<>();
        ids(members).forEach(id -> candidates.add(withNodes ? TestNetwork.withNode(id) : TestNetwork.organization(id)));
        TestNetwork network = TestNetwork.founded(Governance.MEMBERS, candidates);
        ids(members).forEach(id -> network.certificate(id + "-admin", id, Role.ADMIN));
        return network;
    }

    static List<String> ids(int members) {
        return IntStream.rangeClosed(1, members).mapToObj(i -> "m" + i).toList();
    }

    static Sha256 admin(String id) {
        return kid(id + "-admin");
    }

    /** The first proposes, the others approve as long as it is open; answers the first outcome that was not accepted. */
    static String approve(TestNetwork network, Change change, List<String> approving) {
        if (approving.isEmpty()) {
            return "nobody";
        }
        String outcome = network.call(admin(approving.getFirst()), network.proposal(change));
        Sha256 id = network.transaction();
        for (String member : approving.subList(1, approving.size())) {
            if (!outcome.equals("accepted") || !isOpen(network, id)) {
                break;
            }
            outcome = network.call(admin(member), new CastVote(id, Vote.APPROVE));
        }
        return outcome.equals("accepted") ? status(network, id) : outcome;
    }

    static String status(TestNetwork network, Sha256 id) {
        return proposal(network, id).status().name();
    }

    static Proposal proposal(TestNetwork network, Sha256 id) {
        return new Members(network.state()).proposal(id).orElseThrow();
    }

    private static boolean isOpen(TestNetwork network, Sha256 id) {
        return proposal(network, id).isOpen(network.time());
    }
}
