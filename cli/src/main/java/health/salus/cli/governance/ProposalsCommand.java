package health.salus.cli.governance;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.log.StateOptions;
import health.salus.contracts.network.Members;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.contract.StateView;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code salus network proposals} */
@Command(
        name = "proposals",
        description = "List the open proposals, with who voted.",
        footer = "salus network proposals --log-key ledger.vkey")
public final class ProposalsCommand implements Callable<Integer> {
    @Mixin
    private final StateOptions state = new StateOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        List<ProposalReport> open = state.read(output, ProposalsCommand::open);
        output.show(
                JsonObject.builder()
                        .put(
                                "proposals",
                                new JsonArray(open.stream()
                                        .<Json>map(ProposalReport::json)
                                        .toList()))
                        .build(),
                open.isEmpty()
                        ? "no open proposals"
                        : open.stream().map(ProposalReport::text).collect(Collectors.joining("\n")));
        return ExitCode.OK.number();
    }

    private static List<ProposalReport> open(StateView state) {
        Members members = new Members(state);
        return members.openProposals(Instant.now()).stream()
                .map(proposal -> ProposalReport.of(proposal, members))
                .toList();
    }
}
