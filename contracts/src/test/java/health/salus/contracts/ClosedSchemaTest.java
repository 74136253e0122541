package health.salus.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.contracts.access.AccessAction.AddKey;
import health.salus.contracts.access.AccessAction.Appoint;
import health.salus.contracts.access.AccessAction.AppointByCourt;
import health.salus.contracts.access.AccessAction.Approve;
import health.salus.contracts.access.AccessAction.BindPasskey;
import health.salus.contracts.access.AccessAction.BreakGlass;
import health.salus.contracts.access.AccessAction.CompleteRotation;
import health.salus.contracts.access.AccessAction.Deny;
import health.salus.contracts.access.AccessAction.Dismiss;
import health.salus.contracts.access.AccessAction.Expire;
import health.salus.contracts.access.AccessAction.Justify;
import health.salus.contracts.access.AccessAction.NameGuardians;
import health.salus.contracts.access.AccessAction.ProposeRotation;
import health.salus.contracts.access.AccessAction.RegisterPatient;
import health.salus.contracts.access.AccessAction.Request;
import health.salus.contracts.access.AccessAction.Review;
import health.salus.contracts.access.AccessAction.Revoke;
import health.salus.contracts.access.AccessAction.RevokeKey;
import health.salus.contracts.access.AccessAction.SupportRotation;
import health.salus.contracts.access.AccessAction.UnbindPasskey;
import health.salus.contracts.access.AccessAction.VetoRotation;
import health.salus.contracts.access.AccessAction.Withdraw;
import health.salus.contracts.access.Capacity;
import health.salus.contracts.access.CourtReason;
import health.salus.contracts.access.EmergencyReason;
import health.salus.contracts.access.Finding;
import health.salus.contracts.access.JustificationCommitment;
import health.salus.contracts.access.NewKey;
import health.salus.contracts.access.TermsCommitment;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Change;
import health.salus.contracts.network.NetworkAction.AddAuthority;
import health.salus.contracts.network.NetworkAction.CastVote;
import health.salus.contracts.network.NetworkAction.EnrollCertificate;
import health.salus.contracts.network.NetworkAction.Propose;
import health.salus.contracts.network.NetworkAction.RestoreCertificate;
import health.salus.contracts.network.NetworkAction.RetireAuthority;
import health.salus.contracts.network.NetworkAction.RetireNode;
import health.salus.contracts.network.NetworkAction.RevokeCertificate;
import health.salus.contracts.network.NetworkAction.SuspendCertificate;
import health.salus.contracts.network.NetworkAction.UpdateNode;
import health.salus.contracts.network.NetworkAction.UpdateOrganization;
import health.salus.contracts.network.NetworkAction.WithdrawProposal;
import health.salus.contracts.network.RevocationReason;
import health.salus.contracts.network.Vote;
import health.salus.contracts.records.RecordsAction.Anchor;
import health.salus.contracts.records.RecordsAction.Erase;
import health.salus.contracts.records.RecordsAction.Locate;
import health.salus.contracts.records.RecordsAction.Relocate;
import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.P256PublicKey;
import health.salus.identity.Role;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Contract;
import health.salus.ledger.contract.InvalidArgumentException;
import health.salus.tlog.merkle.ConsistencyProof;
import health.salus.tlog.merkle.TreeHead;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing personal gets into the ledger by an argument: for every argument of every action of every contract. */
class ClosedSchemaTest {
    private static final Handle HANDLE = TestNetwork.handle("any");
    private static final Sha256 DIGEST = TestKeys.kid("any");
    private static final P256PublicKey KEY = TestKeys.key("any");
    private static final NewKey PASSKEY = NewKey.passkey(KEY, "https://clinic.example");
    private static final TermsCommitment TERMS = new TermsCommitment(DIGEST);
    private static final Period PERIOD = new Period(TestNetwork.START, TestNetwork.START.plus(Duration.ofDays(9)));

    /** What people are tempted to write into fields. */
    private static final List<String> PERSONAL = List.of(
            "Jane Doe",
            "Doe, Jane",
            "JaneDoe",
            "Müller",
            "王小明",
            "jane.doe@hospital.example",
            "mailto:jane.doe@hospital.example",
            "MRN-0012345",
            "0012345",
            "078-05-1120",
            "078051120",
            "1980-02-29",
            "29.02.1980",
            "19800229",
            "1980-02-29T10:15:00Z",
            "+1 555 0100",
            "https://Jane.Doe@hospital.example/",
            "https://hospital.example/Patient?name=Doe",
            "https://hospital.example/Patient#jane",
            "urn:oid:2.16.840.1.113883.4.1",
            "Patient fell from the bed at night",
            "E11.9",
            "<b>Jane</b>",
            "Patient/jane doe",
            "",
            " ",
            "\u0000");

    static Stream<Action> actions() {
        return Stream.of(
                new Propose(new Change.AdmitOrganization(TestNetwork.withNode("lab")), PERIOD.until()),
                new Propose(new Change.RemoveOrganization("clinic"), PERIOD.until()),
                new Propose(new Change.SuspendOrganization("clinic"), PERIOD.until()),
                new Propose(new Change.RestoreOrganization("clinic"), PERIOD.until()),
                new Propose(new Change.ReplaceAuthorities("clinic", List.of(KEY)), PERIOD.until()),
                new Propose(new Change.SetQuorum(3), PERIOD.until()),
                new Propose(new Change.ActivateContract("access", 2, 100), PERIOD.until()),
                new CastVote(DIGEST, Vote.APPROVE),
                new WithdrawProposal(DIGEST),
                new UpdateNode(TestNetwork.node("clinic")),
                new RetireNode(),
                new UpdateOrganization("https://clinic.example/fhir", DIGEST.base64Url()),
                new AddAuthority(KEY),
                new RetireAuthority(DIGEST),
                new EnrollCertificate(DIGEST, KEY, Role.CLIENT, EnumSet.of(Attribute.NURSE), PERIOD),
                new RevokeCertificate(DIGEST, RevocationReason.SUPERSEDED),
                new SuspendCertificate(DIGEST),
                new RestoreCertificate(DIGEST),
                new RegisterPatient(HANDLE, KEY),
                new RegisterPatient(HANDLE, PASSKEY),
                new NameGuardians(List.of(PASSKEY), 1),
                new ProposeRotation(HANDLE, PASSKEY),
                new SupportRotation(HANDLE, DIGEST),
                new VetoRotation(HANDLE, DIGEST),
                new CompleteRotation(HANDLE, DIGEST),
                new BindPasskey(KEY, "https://clinic.example"),
                new UnbindPasskey(DIGEST),
                new AddKey(KEY),
                new RevokeKey(DIGEST),
                new Appoint(Capacity.PROXY, KEY, PERIOD),
                new AppointByCourt(HANDLE, KEY, CourtReason.MINOR, PERIOD),
                new Dismiss(DIGEST),
                new Request(HANDLE, HANDLE, TERMS, PERIOD),
                new Approve(HANDLE, TERMS),
                new Deny(HANDLE),
                new Revoke(HANDLE),
                new Withdraw(HANDLE),
                new Expire(HANDLE),
                new BreakGlass(HANDLE, HANDLE, EmergencyReason.ACUTE_DANGER, TestNetwork.START),
                new Justify(HANDLE, new JustificationCommitment(DIGEST)),
                new Review(HANDLE, Finding.ACCEPTED),
                new Anchor(new TreeHead(1, DIGEST), new ConsistencyProof(List.of(DIGEST))),
                new Locate(HANDLE, "https://clinic.example/fhir/Patient/" + HANDLE),
                new Relocate(HANDLE, "https://clinic.example/fhir/Patient/" + HANDLE),
                new Erase(DIGEST));
    }

    @Test
    void every_action_of_every_contract_is_tried_here() {
        TreeSet<String> all = new TreeSet<>();
        NetworkRules.latest()
                .forEach((name, version) -> contract(name).actions().forEach(action -> all.add(name + "/" + action)));

        assertThat(actions()
                        .map(action -> action.contract() + "/" + action.action())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(actions()
                        .filter(Propose.class::isInstance)
                        .map(propose -> ((Propose) propose).change().type()))
                .containsExactlyInAnyOrder(Change.Type.values());
    }

    @ParameterizedTest
    @MethodSource("actions")
    void arguments_are_read_as_they_were_written(Action action) {
        attempt(action, action.arguments()); // rejected by a rule, for nobody signed; not for its arguments
    }

    @ParameterizedTest
    @MethodSource("actions")
    void no_argument_takes_anything_personal(Action action) {
        variants(action.arguments(), (object, name) -> {
                    Stream<JsonObject> texts = PERSONAL.stream()
                            .flatMap(personal -> Stream.of(
                                    new JsonString(personal),
                                    new JsonArray(List.of(new JsonString(personal))),
                                    JsonObject.builder().put("text", personal).build()))
                            .map(value -> with(object, name, value));
                    return Stream.concat(
                            texts,
                            Stream.of(
                                    with(object, name, new JsonBoolean(true)),
                                    with(object, name, new JsonInteger(-19_800_229))));
                })
                .forEach(arguments -> assertRefused(action, arguments));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void no_argument_may_be_missing(Action action) {
        variants(action.arguments(), ClosedSchemaTest::without).forEach(arguments -> assertRefused(action, arguments));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void no_argument_may_be_unknown(Action action) {
        variants(
                        action.arguments(),
                        (object, name) -> Stream.of("name", "note", "", "type-")
                                .map(unknown -> with(object, unknown, new JsonString("Jane Doe"))))
                .forEach(arguments -> assertRefused(action, arguments));
        assertRefused(action, with(action.arguments(), "note", new JsonString("any")));
        assertRefused(action, with(action.arguments(), "", new JsonInteger(1)));
    }

    @Test
    void an_organizations_id_is_as_long_as_its_ca_and_its_node_take_it_and_no_longer() {
        attempt(suspend("a".repeat(32)), suspend("a".repeat(32)).arguments());

        assertRefused(suspend("a".repeat(33)), suspend("a".repeat(33)).arguments());
        assertRefused(suspend("a"), suspend("a").arguments());
    }

    @Test
    void a_date_of_birth_is_no_period() {
        TestNetwork network = TestNetwork.founded().certificate("admin", "clinic", Role.ADMIN);
        Instant bornAsSeconds = Instant.parse("1980-02-29T00:00:00Z");
        Instant bornAsDigits = Instant.ofEpochSecond(19_800_229);
        for (Instant born : List.of(bornAsSeconds, bornAsDigits)) {
            Period period = new Period(born, network.days(0, 1).until());

            assertThat(network.call(
                            TestKeys.kid("admin"),
                            new EnrollCertificate(DIGEST, KEY, Role.CLIENT, EnumSet.noneOf(Attribute.class), period)))
                    .isEqualTo("invalid-period");
        }
    }

    private static Propose suspend(String organization) {
        return new Propose(new Change.SuspendOrganization(organization), PERIOD.until());
    }

    /** What {@code vary} makes of each member, of the arguments and of every object within them, in arrays too. */
    private static Stream<JsonObject> variants(
            JsonObject object, BiFunction<JsonObject, String, Stream<JsonObject>> vary) {
        return object.members().entrySet().stream().flatMap(member -> {
            Stream<JsonObject> here = vary.apply(object, member.getKey());
            Stream<Json> within = switch (member.getValue()) {
                case JsonObject inner -> variants(inner, vary).map(Json.class::cast);
                case JsonArray(List<Json> elements)
                when elements.getFirst() instanceof JsonObject inner ->
                    variants(inner, vary).map(varied -> new JsonArray(List.of(varied)));
                default -> Stream.empty();
            };
            return Stream.concat(here, within.map(varied -> with(object, member.getKey(), varied)));
        });
    }

    private static Stream<JsonObject> without(JsonObject object, String name) {
        SortedMap<String, Json> members = new TreeMap<>(object.members());
        members.remove(name);
        boolean optional = name.equals("origin") // a key that is no passkey
                || (name.equals("node") && members.containsKey("authority")); // a candidate may run none
        return optional ? Stream.empty() : Stream.of(new JsonObject(members));
    }

    private static void assertRefused(Action action, JsonObject arguments) {
        assertThatThrownBy(() -> attempt(action, arguments))
                .as("%s with %s", action.action(), arguments)
                .isInstanceOf(InvalidArgumentException.class)
                .message()
                .doesNotContain("Jane", "0012345", "1980");
    }

    private static JsonObject with(JsonObject object, String name, Json value) {
        SortedMap<String, Json> members = new TreeMap<>(object.members());
        members.put(name, value);
        return new JsonObject(members);
    }

    private static void attempt(Action action, JsonObject arguments) {
        Contract contract = contract(action.contract());
        var _ = contract.apply(
                new Call(
                        DIGEST,
                        TestKeys.kid("nobody"),
                        Optional.empty(),
                        action.action(),
                        arguments,
                        TestNetwork.START,
                        1),
                new MemoryState().writes(action.contract()));
    }

    private static Contract contract(String name) {
        return NetworkRules.rules()
                .contracts()
                .find(name, NetworkRules.latest().getOrDefault(name, 0))
                .orElseThrow();
    }
}
