package health.salus.contracts.access;

import static health.salus.contracts.TestKeys.key;
import static health.salus.contracts.TestKeys.kid;
import static health.salus.contracts.TestKeys.thumbprint;
import static health.salus.contracts.TestNetwork.handle;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.contracts.TestNetwork;
import health.salus.contracts.access.AccessAction.Appoint;
import health.salus.contracts.access.AccessAction.Approve;
import health.salus.contracts.access.AccessAction.Deny;
import health.salus.contracts.access.AccessAction.Expire;
import health.salus.contracts.access.AccessAction.Request;
import health.salus.contracts.access.AccessAction.Revoke;
import health.salus.contracts.access.AccessAction.Withdraw;
import health.salus.contracts.network.Attribute;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every action by every actor on a grant in every status, before and after the end of its period. */
class GrantLifeTest {
    private static final Terms TERMS = SampleTerms.TREATMENT;

    enum Actor {
        PATIENT,
        PROXY,
        FORMER_PROXY,
        OTHER_PATIENT,
        REQUESTER,
        REQUESTERS_COLLEAGUE,
        CUSTODIAN,
        STRANGER
    }

    enum Step {
        APPROVE,
        APPROVE_OTHER_TERMS,
        DENY,
        REVOKE,
        WITHDRAW,
        EXPIRE,
        REQUEST_AGAIN
    }

    record Situation(Grant.Status status, boolean over, Actor actor, Step step) {}

    static Stream<Situation> situations() {
        List<Situation> all = new ArrayList<>();
        for (Grant.Status status : Grant.Status.values()) {
            for (boolean over : new boolean[] {false, true}) {
                for (Actor actor : Actor.values()) {
                    for (Step step : Step.values()) {
                        if (over || status != Grant.Status.EXPIRED) {
                            all.add(new Situation(status, over, actor, step));
                        }
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("situations")
    void each_step_is_taken_by_the_right_actor_at_the_right_moment_only(Situation situation) {
        TestNetwork network = inStatus(situation.status());
        if (situation.over() && situation.status() != Grant.Status.EXPIRED) {
            network.pass(Duration.ofDays(30));
        }

        String outcome = network.call(signer(situation.actor()), action(situation.step(), network));

        assertThat(outcome).isEqualTo(expected(situation));
        Grant.Status after =
                new Access(network.state()).grant(handle("grant")).orElseThrow().status();
        assertThat(after).isEqualTo(outcome.equals("accepted") ? reached(situation) : situation.status());
    }

    /** The rules, written once more and as plainly as possible. */
    private static String expected(Situation situation) {
        boolean actsForPatient = situation.actor() == Actor.PATIENT || situation.actor() == Actor.PROXY;
        boolean ofRequester = situation.actor() == Actor.REQUESTER || situation.actor() == Actor.REQUESTERS_COLLEAGUE;
        boolean hasCertificate = ofRequester || situation.actor() == Actor.CUSTODIAN;
        boolean open = situation.status() == Grant.Status.REQUESTED || situation.status() == Grant.Status.APPROVED;
        if (situation.actor() == Actor.STRANGER || situation.actor() == Actor.FORMER_PROXY) {
            return "unknown-key";
        }
        return switch (situation.step()) {
            case REQUEST_AGAIN -> hasCertificate ? "grant-exists" : "not-authorized";
            case EXPIRE -> !open ? "wrong-status" : situation.over() ? "accepted" : "not-yet-over";
            case WITHDRAW ->
                !ofRequester
                        ? "not-authorized"
                        : !open ? "wrong-status" : situation.over() ? "grant-expired" : "accepted";
            case REVOKE ->
                !actsForPatient
                        ? "not-authorized"
                        : !open ? "wrong-status" : situation.over() ? "grant-expired" : "accepted";
            case APPROVE, APPROVE_OTHER_TERMS, DENY -> {
                if (!actsForPatient) {
                    yield "not-authorized";
                }
                if (situation.status() != Grant.Status.REQUESTED) {
                    yield "wrong-status";
                }
                if (situation.over()) {
                    yield "grant-expired";
                }
                yield situation.step() == Step.APPROVE_OTHER_TERMS ? "terms-mismatch" : "accepted";
            }
        };
    }

    private static Grant.Status reached(Situation situation) {
        return switch (situation.step()) {
            case APPROVE -> Grant.Status.APPROVED;
            case DENY -> Grant.Status.DENIED;
            case REVOKE -> Grant.Status.REVOKED;
            case WITHDRAW -> Grant.Status.WITHDRAWN;
            case EXPIRE -> Grant.Status.EXPIRED;
            case APPROVE_OTHER_TERMS, REQUEST_AGAIN -> situation.status();
        };
    }

    private static Sha256 signer(Actor actor) {
        return switch (actor) {
            case PATIENT -> thumbprint("ann");
            case PROXY -> thumbprint("proxy");
            case FORMER_PROXY -> thumbprint("former-proxy");
            case OTHER_PATIENT -> thumbprint("bob");
            case REQUESTER -> kid("clinician");
            case REQUESTERS_COLLEAGUE -> kid("colleague");
            case CUSTODIAN -> kid("gateway");
            case STRANGER -> kid("stranger");
        };
    }

    private static AccessAction action(Step step, TestNetwork network) {
        return switch (step) {
            case APPROVE -> new Approve(handle("grant"), TERMS.commitment());
            case APPROVE_OTHER_TERMS -> new Approve(handle("grant"), SampleTerms.RESEARCH.commitment());
            case DENY -> new Deny(handle("grant"));
            case REVOKE -> new Revoke(handle("grant"));
            case WITHDRAW -> new Withdraw(handle("grant"));
            case EXPIRE -> new Expire(handle("grant"));
            case REQUEST_AGAIN -> new Request(handle("grant"), handle("ann"), TERMS.commitment(), network.days(0, 9));
        };
    }

    private static TestNetwork inStatus(Grant.Status status) {
        TestNetwork network = TestNetwork.founded()
                .certificate("gateway", "hospital", Role.CLIENT, Attribute.GATEWAY)
                .certificate("clinician", "clinic", Role.CLIENT, Attribute.CLINICIAN)
                .certificate("colleague", "clinic", Role.CLIENT)
                .patient("ann", "gateway")
                .patient("bob", "gateway");
        network.must(thumbprint("ann"), new Appoint(Capacity.PROXY, key("proxy"), network.days(0, 300)));
        network.must(thumbprint("ann"), new Appoint(Capacity.PROXY, key("former-proxy"), network.days(0, 300)));
        network.must(thumbprint("ann"), new AccessAction.Dismiss(thumbprint("former-proxy")));
        network.must(
                kid("clinician"), new Request(handle("grant"), handle("ann"), TERMS.commitment(), network.days(0, 10)));
        return switch (status) {
            case REQUESTED -> network;
            case APPROVED -> network.must(thumbprint("ann"), action(Step.APPROVE, network));
            case DENIED -> network.must(thumbprint("ann"), action(Step.DENY, network));
            case REVOKED -> network.must(thumbprint("ann"), action(Step.REVOKE, network));
            case WITHDRAWN -> network.must(kid("clinician"), action(Step.WITHDRAW, network));
            case EXPIRED -> network.pass(Duration.ofDays(30)).must(kid("clinician"), action(Step.EXPIRE, network));
        };
    }
}
