package health.salus.node.gateway;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import health.salus.fhir.audit.AuditEvents;
import health.salus.fhir.seal.RecordEntry;
import health.salus.fhirserver.H2Files;
import health.salus.ledger.Ledger;
import health.salus.node.access.Custodian;
import health.salus.node.access.DepositedTerms;
import health.salus.node.access.Emergencies;
import health.salus.node.access.Entitlements;
import health.salus.node.access.ErasureRequests;
import health.salus.node.access.GatewayTransactions;
import health.salus.node.access.Guardians;
import health.salus.node.access.Invitations;
import health.salus.node.access.Justifications;
import health.salus.node.access.LedgerFollower;
import health.salus.node.access.Notifications;
import health.salus.node.access.PatientHandles;
import health.salus.node.access.Replacements;
import health.salus.node.attachment.Attachments;
import health.salus.node.audit.AuditTrail;
import health.salus.node.notice.Mails;
import health.salus.node.proof.Finding;
import health.salus.node.proof.ProofSchedule;
import health.salus.node.proof.Prover;
import health.salus.node.proof.ReceiptLinks;
import health.salus.node.proof.Records;
import health.salus.node.proof.StoredVersions;
import health.salus.node.smart.AccessTokens;
import health.salus.node.smart.Issuer;
import health.salus.node.smart.UsedAssertions;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Everything of one organization's gateway, put together and running. The organization's backend and record store stay
 * whoever's they are. Thread-safe.
 */
public final class HostedGateway implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final int REMEMBERED_ASSERTIONS = 100_000;

    private final HikariDataSource database;
    private final AuditTrail trail;
    private final LedgerFollower follower;
    private final Prover prover;
    private final Gateway gateway;
    private final Custodian custodian;
    private final Issuer issuer;

    private HostedGateway(
            HikariDataSource database,
            AuditTrail trail,
            LedgerFollower follower,
            Prover prover,
            Gateway gateway,
            Custodian custodian,
            Issuer issuer) {
        this.database = database;
        this.trail = trail;
        this.follower = follower;
        this.prover = prover;
        this.gateway = gateway;
        this.custodian = custodian;
        this.issuer = issuer;
    }

    /**
     * Opens and starts the gateway of an organization.
     *
     * @param current the state to decide by; may refuse to be decided by
     * @param attachments judges what is written
     * @param listener told of each new finding
     */
    public static HostedGateway start(
            HostedOrganization organization,
            Ledger ledger,
            Entitlements.StateSource current,
            Attachments attachments,
            ProofSchedule schedule,
            Consumer<Finding> listener,
            MeterRegistry meters,
            InstantSource clock) {
        SecureRandom random = new SecureRandom();
        HikariDataSource database = database(organization);
        JdbcTemplate jdbc = new JdbcTemplate(database);
        Records records = new Records(organization.records());
        Upstream upstream = new Upstream(
                organization.backend(),
                organization.fhirBase(),
                meters.timer("fhir.server.answers", "organization", organization.id()));
        GatewayTransactions transactions = new GatewayTransactions(
                ledger,
                organization.credential().kid(),
                organization.credential().key(),
                clock);
        Prover prover = new Prover(
                organization.id(),
                organization.backend(),
                new StoredVersions(organization.backend(), upstream.bases(), random),
                records,
                ledger::state,
                ledger::finalReceipt,
                transactions,
                jdbc,
                listener,
                schedule,
                clock);
        AuditTrail trail =
                AuditTrail.open(organization.directory().resolve("audit.journal"), commitments(records), jdbc);
        Emergencies emergencies = new Emergencies(jdbc);
        Mails mails = new Mails(jdbc, random, clock);
        Notifications notifications = new Notifications(jdbc, mails);
        LedgerFollower follower =
                new LedgerFollower(organization.id(), ledger::events, jdbc, emergencies, notifications);
        Custodian custodian = new Custodian(
                organization.id(),
                organization.fhirBase(),
                organization.backend(),
                new PatientHandles(jdbc),
                new Invitations(jdbc, random, clock),
                new Guardians(jdbc, random, clock),
                new Replacements(jdbc, random, clock),
                new ErasureRequests(jdbc, clock),
                new DepositedTerms(jdbc),
                new Justifications(jdbc),
                notifications,
                mails,
                follower,
                transactions);
        Entitlements entitlements =
                new Entitlements(current, custodian.handles(), custodian.terms(), emergencies, follower, clock);
        Issuer issuer = new Issuer(
                organization.id(),
                organization.base(),
                new AccessTokens(
                        organization.base(),
                        organization.fhirBase(),
                        organization.credential().key(),
                        clock),
                new UsedAssertions(jdbc, REMEMBERED_ASSERTIONS));
        Gateway gateway = gateway(
                organization, upstream, attachments, prover, trail, custodian, entitlements, issuer, random, clock);
        follower.start();
        prover.start();
        return new HostedGateway(database, trail, follower, prover, gateway, custodian, issuer);
    }

    private static Gateway gateway(
            HostedOrganization organization,
            Upstream upstream,
            Attachments attachments,
            Prover prover,
            AuditTrail trail,
            Custodian custodian,
            Entitlements entitlements,
            Issuer issuer,
            SecureRandom random,
            InstantSource clock) {
        String base = organization.fhirBase();
        ServerAddresses addresses =
                new ServerAddresses(organization.backend().base().toString(), base);
        ReceiptLinks receipts = new ReceiptLinks(organization.base());
        Auditor auditor = new Auditor(
                organization.id(),
                new AuditEvents(new health.salus.fhir.audit.Custodian(organization.id(), URI.create(base))),
                trail,
                random,
                clock);
        OwnUse ownUse = new OwnUse(upstream, addresses, prover.sealed(), receipts, custodian.handles(), auditor);
        OwnSealing sealing =
                new OwnSealing(upstream, prover.sealed(), prover.writes(), custodian.handles(), auditor, clock);
        OwnAttachments ownAttachments = new OwnAttachments(attachments);
        OwnWrites ownWrites =
                new OwnWrites(addresses, ownAttachments, sealing, prover.sealed(), prover.versions(), receipts);
        OwnBundles ownBundles = new OwnBundles(
                addresses, ownAttachments, sealing, prover.sealed(), prover.versions(), receipts, ownUse);
        Release release = new Release(upstream, base);
        ReleasedPages pages = new ReleasedPages(
                organization.id(), base, upstream, release, prover.sealed(), new CursorSeal(random, clock), clock);
        SingleReads reads = new SingleReads(upstream, prover.sealed());
        OutsideUse outsideUse =
                new OutsideUse(upstream, custodian.handles(), entitlements, release, reads, receipts, pages);
        return new Gateway(
                new Capabilities(upstream, base, issuer.tokenUrl()),
                ownUse,
                ownWrites,
                ownBundles,
                outsideUse,
                new AuditQueries(trail, base),
                new ReceiptUse(organization.id(), prover, trail, clock),
                auditor);
    }

    /** Answers the ledger's state together with its height. */
    public static Entitlements.StateSource stateOf(Ledger ledger) {
        return () -> {
            long height = ledger.height(); // first: the state may be of a later block, never of an earlier one
            return new Entitlements.Current(ledger.state(), height);
        };
    }

    private static AuditTrail.Commitments commitments(Records records) {
        return new AuditTrail.Commitments() {
            @Override
            public List<CompletableFuture<Long>> append(List<RecordEntry> entries) {
                return records.append(entries);
            }

            @Override
            public long size() {
                return records.head().size();
            }

            @Override
            public RecordEntry entry(long index) {
                return records.entry(index);
            }
        };
    }

    private static HikariDataSource database(HostedOrganization organization) {
        try {
            Files.createDirectories(organization.directory());
        } catch (IOException e) {
            throw new UncheckedIOException("gateway directory can't be made: " + organization.directory(), e);
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("gateway-" + organization.id());
        config.setJdbcUrl(H2Files.jdbcUrl(organization.directory().resolve("gateway")));
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }

    /** Answers FHIR requests. */
    public Gateway gateway() {
        return gateway;
    }

    /** What the doors for consent need. */
    public Custodian custodian() {
        return custodian;
    }

    /** Issues access tokens. */
    public Issuer issuer() {
        return issuer;
    }

    /** Keeps records provable. */
    public Prover prover() {
        return prover;
    }

    @Override
    public void close() {
        prover.close();
        follower.close();
        trail.close();
        database.close();
    }
}
