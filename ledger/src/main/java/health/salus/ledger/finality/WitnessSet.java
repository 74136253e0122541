package health.salus.ledger.finality;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.identity.OrganizationId;
import health.salus.ledger.contract.Ed25519Point;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import health.salus.tlog.note.CosignatureVerifier;
import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.proof.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The members whose cosignatures make a checkpoint final, and how many of them must cosign. The world state has it under
 * {@link #KEY}, so that it can be proven; the set after one block rules the checkpoints that end with the next. As JSON:
 * {@code {"members":[{"log","organization","witness"}],"quorum"}}, members ascending by organization, keys as the 32
 * bytes of Ed25519 in base64url. Immutable.
 *
 * @param members at most {@value #MOST}, each organization and key once
 * @param quorum at least ⌊2n/3⌋+1 of n members, at most n
 */
public record WitnessSet(List<Member> members, int quorum) {
    /** Where the state has it; absent where no organization has a node of its own. */
    public static final StateKey KEY = new StateKey("network", "witnesses");

    /** Most members; each may have a signature and a cosignature under one note. */
    public static final int MOST = 31;

    /** A network without witnesses: what its log says is final as soon as it is said. */
    public static final WitnessSet NONE = new WitnessSet();

    /**
     * One organization's node.
     *
     * @param organization its id
     * @param log Ed25519 key with which its node signs checkpoints as the log, 32 bytes in base64url
     * @param witness Ed25519 key with which it cosigns them, another one
     */
    public record Member(String organization, String log, String witness) {
        public Member {
            if (!OrganizationId.isId(organization) || organization.equals("none")) { // a word of policy files
                throw new IllegalArgumentException("witness with a malformed organization id");
            }
            requireKey(log);
            requireKey(witness);
        }

        /** Verifies what its node signs as the log called {@code origin}. */
        public SignatureVerifier logKey(String origin) {
            return SignatureVerifier.of(origin, decoded(log));
        }

        /** Verifies its cosignatures on that log. */
        public CosignatureVerifier witnessKey(String origin) {
            return CosignatureVerifier.of(witnessName(origin, organization), decoded(witness));
        }

        /** In its one spelling, since members must not share a key; the same verdict on every node. */
        private static void requireKey(String base64Url) {
            byte[] key = decoded(base64Url);
            if (key.length != 32
                    || !Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(key)
                            .equals(base64Url)
                    || !Ed25519Point.isEncoded(key)) {
                throw new IllegalArgumentException("witness key that is no Ed25519 key in base64url without padding");
            }
        }

        JsonObject toJson() {
            return JsonObject.builder()
                    .put("log", log)
                    .put("organization", organization)
                    .put("witness", witness)
                    .build();
        }
    }

    private WitnessSet() {
        this(List.of(), 0);
    }

    public WitnessSet {
        members = List.copyOf(members);
        int n = members.size();
        Set<String> distinct = new HashSet<>();
        members.forEach(member -> {
            distinct.add(member.organization());
            distinct.add(member.log());
            distinct.add(member.witness());
        });
        boolean ascending = members.stream()
                .map(Member::organization)
                .sorted()
                .toList()
                .equals(members.stream().map(Member::organization).toList());
        if (!ascending) {
            throw new IllegalArgumentException("witnesses out of order (expected: ascending by organization)");
        }
        boolean empty = n == 0 && quorum == 0;
        if (!empty && (n > MOST || quorum < Thresholds.quorum(n) || quorum > n || distinct.size() < 3 * n)) {
            throw new IllegalArgumentException("quorum of " + quorum + " of " + n + " witnesses (expected: "
                    + Thresholds.quorum(n) + " to " + n + " of at most " + MOST + " with keys of their own)");
        }
    }

    /** Name of an organization's witness key: the log's origin, a slash, and its id. */
    public static String witnessName(String origin, String organization) {
        return origin + "/" + organization;
    }

    /** Those in force for the block after {@code state}. @throws IllegalArgumentException if the state holds rubbish */
    public static WitnessSet in(StateView state) {
        return state.get(KEY).map(WitnessSet::ofJson).orElse(NONE);
    }

    /** Reads {@link #toJson}. @throws IllegalArgumentException for anything else */
    public static WitnessSet ofJson(JsonObject json) {
        List<Member> members = new ArrayList<>();
        if (json.members().size() != 2
                || !(json.members().get("members") instanceof JsonArray(List<Json> listed))
                || !(json.members().get("quorum") instanceof JsonInteger(long quorum))
                || quorum < 0
                || quorum > MOST) {
            throw new IllegalArgumentException("malformed witnesses (expected: members, quorum)");
        }
        for (Json member : listed) {
            if (!(member instanceof JsonObject object)
                    || object.members().size() != 3
                    || !(object.members().get("log") instanceof JsonString(String log))
                    || !(object.members().get("organization") instanceof JsonString(String organization))
                    || !(object.members().get("witness") instanceof JsonString(String witness))) {
                throw new IllegalArgumentException("malformed witness (expected: log, organization, witness)");
            }
            members.add(new Member(organization, log, witness));
        }
        return new WitnessSet(members, (int) quorum);
    }

    /** As the state holds it. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put(
                        "members",
                        new JsonArray(members.stream().<Json>map(Member::toJson).toList()))
                .put("quorum", quorum)
                .build();
    }

    /** Whether the network has no witnesses. */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** The member of this organization. */
    public Optional<Member> member(String organization) {
        return members.stream()
                .filter(member -> member.organization().equals(organization))
                .findFirst();
    }

    /** How many members may lie without harm to the others. */
    public int faults() {
        return Thresholds.faults(members.size());
    }

    /** The file c2sp.org/tlog-policy that says the same of the log called {@code origin}. */
    public String policyFile(String origin) {
        StringBuilder file = new StringBuilder();
        members.forEach(member ->
                file.append("log ").append(member.logKey(origin).vkey()).append('\n'));
        members.forEach(member -> file.append("witness ")
                .append(member.organization())
                .append(' ')
                .append(member.witnessKey(origin).vkey())
                .append('\n'));
        file.append("group Members ").append(quorum); // no organization's id has a capital letter
        members.forEach(member -> file.append(' ').append(member.organization()));
        return file.append("\nquorum Members\n").toString();
    }

    /** The same, read. */
    public TrustPolicy policy(String origin) {
        return TrustPolicy.parse(policyFile(origin).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] decoded(String base64Url) {
        return Base64.getUrlDecoder().decode(base64Url);
    }
}
