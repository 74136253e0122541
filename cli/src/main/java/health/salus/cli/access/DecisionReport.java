package health.salus.cli.access;

import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.contracts.access.AccessDecision;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.block.BlockHeader;
import java.util.Optional;

/**
 * Tells what was decided, and on what.
 *
 * @param proven header of the block against which everything that the decision rests on was proven; empty: a node was
 *     believed
 */
record DecisionReport(AccessDecision decision, Optional<BlockHeader> proven) {
    /** Shows it, in words or as JSON, and says how the command ends. */
    ExitCode show(Output output) {
        return switch (decision) {
            case AccessDecision.Permitted permitted -> {
                output.show(
                        json(true)
                                .put("patient", permitted.patient().value())
                                .put("emergency", permitted.isEmergency())
                                .put("until", permitted.until().toString())
                                .build(),
                        output.good("permitted") + ": patient " + permitted.patient() + " until " + permitted.until()
                                + (permitted.isEmergency() ? ", in an emergency" : "") + block());
                yield ExitCode.OK;
            }
            case AccessDecision.Denied(var reason) -> {
                output.show(
                        json(false).put("code", reason.code()).build(),
                        output.bad("denied: " + reason.code()) + " (" + reason.meaning() + ")" + block());
                yield ExitCode.REFUSED;
            }
        };
    }

    private Json.Builder json(boolean permitted) {
        Json.Builder json = JsonObject.builder().put("permitted", permitted).put("proven", proven.isPresent());
        proven.ifPresent(header ->
                json.put("height", header.height()).put("time", header.time().toString()));
        return json;
    }

    private String block() {
        return proven.map(header -> "\nas of block " + header.height() + " of " + header.time() + ", proven")
                .orElse("");
    }
}
