package health.salus.cli;

import health.salus.cli.access.ApproveCommand;
import health.salus.cli.access.BreakGlassCommand;
import health.salus.cli.access.DecideCommand;
import health.salus.cli.access.DenyCommand;
import health.salus.cli.access.JustifyCommand;
import health.salus.cli.access.RequestCommand;
import health.salus.cli.access.RevokeCommand;
import health.salus.cli.access.WithdrawCommand;
import health.salus.cli.demo.DemoCommand;
import health.salus.cli.exchange.DisclosuresCommand;
import health.salus.cli.exchange.FetchCommand;
import health.salus.cli.exchange.GrantsCommand;
import health.salus.cli.exchange.StoreCommand;
import health.salus.cli.exchange.TermsCommand;
import health.salus.cli.identity.IdentityCommand;
import health.salus.cli.identity.NetworkCommand;
import health.salus.cli.identity.OrganizationCommand;
import health.salus.cli.identity.PatientCommand;
import health.salus.cli.ledger.ExportCommand;
import health.salus.cli.ledger.RestoreCommand;
import health.salus.cli.ledger.SnapshotCommand;
import health.salus.cli.ledger.VerifyCommand;
import health.salus.cli.log.LogCommand;
import health.salus.cli.node.NodeCommand;
import health.salus.cli.receipt.ReceiptCommand;
import health.salus.cli.recovery.RecoveryCommand;
import health.salus.cli.transaction.TransactionCommand;
import java.util.List;

/** The commands of this module by their names; a class is loaded only when its command is made. */
final class Commands {
    /** In the order of the help text. */
    static final List<String> NAMES = List.of(
            "demo",
            "node",
            "network",
            "org",
            "identity",
            "patient",
            "request",
            "terms",
            "grants",
            "approve",
            "deny",
            "revoke",
            "withdraw",
            "break-glass",
            "justify",
            "recovery",
            "decide",
            "store",
            "fetch",
            "disclosures",
            "tx",
            "receipt",
            "log",
            "verify",
            "export",
            "snapshot",
            "restore");

    private Commands() {}

    /** A new instance of the command that {@code name}, one of {@link #NAMES}, calls. */
    static Object create(String name) {
        return switch (name) {
            case "demo" -> new DemoCommand();
            case "node" -> new NodeCommand();
            case "network" -> new NetworkCommand();
            case "org" -> new OrganizationCommand();
            case "identity" -> new IdentityCommand();
            case "patient" -> new PatientCommand();
            case "request" -> new RequestCommand();
            case "terms" -> new TermsCommand();
            case "grants" -> new GrantsCommand();
            case "approve" -> new ApproveCommand();
            case "deny" -> new DenyCommand();
            case "revoke" -> new RevokeCommand();
            case "withdraw" -> new WithdrawCommand();
            case "break-glass" -> new BreakGlassCommand();
            case "justify" -> new JustifyCommand();
            case "recovery" -> new RecoveryCommand();
            case "decide" -> new DecideCommand();
            case "store" -> new StoreCommand();
            case "fetch" -> new FetchCommand();
            case "disclosures" -> new DisclosuresCommand();
            case "tx" -> new TransactionCommand();
            case "receipt" -> new ReceiptCommand();
            case "log" -> new LogCommand();
            case "verify" -> new VerifyCommand();
            case "export" -> new ExportCommand();
            case "snapshot" -> new SnapshotCommand();
            case "restore" -> new RestoreCommand();
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }
}
