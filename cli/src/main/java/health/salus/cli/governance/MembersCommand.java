package health.salus.cli.governance;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.log.StateOptions;
import health.salus.contracts.network.Governance;
import health.salus.contracts.network.Members;
import health.salus.contracts.network.Organization;
import health.salus.contracts.rule.Codes;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.contract.StateView;
import health.salus.ledger.finality.WitnessSet;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code salus network members} */
@Command(
        name = "members",
        description = "List the organizations of the network, with their nodes, who votes, and how many must cosign.",
        footer = "salus network members --log-key ledger.vkey")
public final class MembersCommand implements Callable<Integer> {
    @Mixin
    private final StateOptions state = new StateOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Roster roster = state.read(output, Roster::of);
        output.show(roster.json(), roster.text());
        return ExitCode.OK.number();
    }

    private record Roster(
            Governance governance, List<Organization> organizations, Set<String> voters, WitnessSet witnesses) {
        static Roster of(StateView state) {
            Members members = new Members(state);
            return new Roster(members.governance(), members.organizations(), members.voters(), WitnessSet.in(state));
        }

        String text() {
            StringBuilder text = new StringBuilder();
            for (Organization organization : organizations) {
                text.append(organization.id())
                        .append("  ")
                        .append(Codes.code(organization.status()))
                        .append(voters.contains(organization.id()) ? ", votes" : "")
                        .append(organization
                                .node()
                                .map(node -> ", node " + node.address() + " (" + node.raft() + ")")
                                .orElse(", no node"))
                        .append('\n');
            }
            return text.append(
                            witnesses.isEmpty()
                                    ? "no witnesses: what the log says is final"
                                    : "final: what " + witnesses.quorum() + " of "
                                            + witnesses.members().size() + " nodes have cosigned")
                    .toString();
        }

        JsonObject json() {
            Json.Builder json = JsonObject.builder()
                    .put("governance", Codes.code(governance))
                    .put(
                            "organizations",
                            new JsonArray(
                                    organizations.stream().<Json>map(this::json).toList()));
            if (!witnesses.isEmpty()) {
                json.put("quorum", witnesses.quorum())
                        .put("witnesses", witnesses.members().size());
            }
            return json.build();
        }

        private JsonObject json(Organization organization) {
            Json.Builder json = JsonObject.builder()
                    .put("organization", organization.id())
                    .put("status", Codes.code(organization.status()))
                    .put("gateway", organization.gateway())
                    .put("votes", voters.contains(organization.id()));
            organization.node().ifPresent(node -> json.put("node", node.json()));
            return json.build();
        }
    }
}
