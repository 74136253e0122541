package health.salus.node.organization;

import health.salus.identity.KeyStoreFile;
import health.salus.identity.KeyStorePassword;
import health.salus.node.config.NodeSettings;
import health.salus.node.config.OrganizationSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** All organizations of this node; opened and closed with it. Thread-safe. */
@Component
public final class Organizations implements AutoCloseable {
    private final List<Organization> all = new ArrayList<>();

    /** Opens their key stores and record logs; their FHIR servers wait for {@link #begin}. */
    public Organizations(NodeSettings settings) {
        try {
            settings.organizations().forEach(organization -> all.add(open(organization, settings)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Lets the embedded FHIR servers begin to start. */
    public void begin() {
        all.forEach(organization ->
                organization.custody().ifPresent(custody -> custody.fhir().begin()));
    }

    private static Organization open(OrganizationSettings organization, NodeSettings settings) {
        KeyStoreFile keys = KeyStoreFile.open(
                organization.keyStore(), KeyStorePassword.from(organization.password(), System.getenv()));
        URI address = URI.create(settings.address() + "/" + organization.id() + "/fhir");
        return new Organization(
                organization.id(), keys, address, CustodyOpening.open(organization, keys, address, settings));
    }

    /** The organization called {@code id}. */
    public Optional<Organization> find(String id) {
        return all.stream().filter(organization -> organization.id().equals(id)).findFirst();
    }

    /** All, in the order of the configuration file. */
    public List<Organization> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() {
        all.forEach(Organization::close);
    }
}
