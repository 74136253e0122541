package health.salus.contracts.network;

import health.salus.contracts.network.ContractActivations.Activation;
import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.RejectedException;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.contract.Arguments;
import health.salus.ledger.contract.GenesisRule;
import health.salus.ledger.contract.InvalidArgumentException;
import health.salus.ledger.contract.WorldState;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * What a network begins with: {@code organizations}, an array of what {@link Candidate} writes, the first of which is the
 * founder; {@code contracts}, an object of contract names and versions in force from height 1; and, optional,
 * {@code governance}, the code of {@link Governance}, by default the founder's.
 */
public final class NetworkGenesis implements GenesisRule {
    private static final Set<String> MEMBERS =
            Set.of("contracts", "governance", "name", "organizations", "salt", "time");
    private static final Pattern CONTRACT = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** Adds {@code governance}, {@code organizations}, founder first, and {@code contracts} to a genesis. */
    public static Json.Builder write(
            Json.Builder genesis,
            Governance governance,
            List<Candidate> organizations,
            SortedMap<String, Integer> contracts) {
        return write(genesis.put("governance", Codes.code(governance)), organizations, contracts);
    }

    /** Adds {@code organizations}, founder first, and {@code contracts} to a genesis; the founder decides. */
    public static Json.Builder write(
            Json.Builder genesis, List<Candidate> organizations, SortedMap<String, Integer> contracts) {
        Json.Builder versions = JsonObject.builder();
        contracts.forEach(versions::put);
        return genesis.put(
                        "organizations",
                        new JsonArray(organizations.stream()
                                .<Json>map(Candidate::json)
                                .toList()))
                .put("contracts", versions.build());
    }

    @Override
    public void apply(JsonObject genesis, WorldState state) {
        if (!MEMBERS.containsAll(genesis.members().keySet())) {
            throw new InvalidArgumentException("genesis: unknown members");
        }
        if (!(genesis.members().get("organizations") instanceof JsonArray(List<Json> organizations))
                || organizations.isEmpty()) {
            throw new InvalidArgumentException("organizations: expected an array of at least one");
        }
        if (!(genesis.members().get("contracts") instanceof JsonObject contracts)
                || !contracts.members().containsKey(NetworkContract.NAME)) {
            throw new InvalidArgumentException("contracts: expected an object with at least 'network'");
        }
        govern(genesis, state);
        organizations.forEach(organization -> found(organization, state));
        contracts.members().forEach((name, version) -> activate(name, version, state));
    }

    private static void govern(JsonObject genesis, WorldState state) {
        Arguments arguments = Arguments.of(genesis);
        String governance = arguments
                .optional("governance", name -> arguments.code(name, Members.GOVERNANCES.all()))
                .orElse(Codes.code(Governance.FOUNDER));
        state.put(
                Members.governanceKey(),
                JsonObject.builder().put("governance", governance).build());
    }

    private static void found(Json value, WorldState state) {
        if (!(value instanceof JsonObject object)) {
            throw new InvalidArgumentException("organizations: expected objects");
        }
        Candidate organization = Candidate.ofJson(object);
        try {
            new Enactment(state, 0).admit(organization);
        } catch (RejectedException e) {
            throw new InvalidArgumentException("organizations: " + e.rejection().code());
        }
        if (new Members(state).founder().isEmpty()) {
            state.put(
                    Members.founderKey(),
                    JsonObject.builder()
                            .put("organization", organization.organization())
                            .build());
        }
    }

    private static void activate(String name, Json value, WorldState state) {
        if (!CONTRACT.matcher(name).matches()
                || !(value instanceof JsonInteger(long version))
                || version < 1
                || version > 1_000_000) {
            throw new InvalidArgumentException("contracts: expected names and versions from 1");
        }
        Activation first = new Activation(1, (int) version);
        state.put(ContractActivations.key(name), new ContractActivations(List.of(first)).write());
    }
}
