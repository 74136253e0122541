package health.salus.node.requester;

import health.salus.ledger.contract.StateView;
import health.salus.node.config.NodeSettings;
import health.salus.node.ledger.LedgerHost;
import health.salus.node.organization.Organization;
import health.salus.node.organization.Organizations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** The organizations of this node that ask others; each is opened when it asks for the first time. Thread-safe. */
@Component
public final class Requesters implements AutoCloseable {
    private final Organizations organizations;
    private final Supplier<StateView> ledger;
    private final NodeSettings settings;
    private final RecordLocator locator;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<String, Requester> opened = new TreeMap<>(); // also the lock

    Requesters(
            Organizations organizations,
            LedgerHost ledger,
            NodeSettings settings,
            RecordLocator locator,
            SecureRandom random,
            InstantSource clock) {
        this.organizations = organizations;
        this.ledger = ledger.ledger()::state;
        this.settings = settings;
        this.locator = locator;
        this.random = random;
        this.clock = clock;
        organizations.all().stream()
                .map(Organization::id)
                .filter(id -> Files.isDirectory(directory(id)))
                .forEach(this::of);
    }

    /** The requester {@code organization}. @throws IllegalArgumentException if it doesn't live in this node */
    public Requester of(String organization) {
        synchronized (opened) {
            return opened.computeIfAbsent(organization, this::open);
        }
    }

    private Requester open(String id) {
        Organization organization =
                organizations.find(id).orElseThrow(() -> new IllegalArgumentException("no organization of this node"));
        return Requester.open(id, directory(id), ledger, locator, organization.gateway(), random, clock);
    }

    private Path directory(String organization) {
        return settings.data().resolve("organizations").resolve(organization).resolve("requester");
    }

    @Override
    public void close() {
        synchronized (opened) {
            opened.values().forEach(Requester::close);
            opened.clear();
        }
    }
}
