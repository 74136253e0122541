package health.salus.node.organization;

import health.salus.identity.Credential;
import health.salus.identity.KeyStoreFile;
import health.salus.node.backend.FhirBackend;
import health.salus.node.records.RecordStore;
import java.net.URI;
import java.util.Optional;

/**
 * An organization that lives in this node.
 *
 * @param id its name on the ledger and in addresses
 * @param keys its key store
 * @param address of its FHIR gateway, without a slash at the end
 * @param custody what it holds; empty: it only asks others
 */
public record Organization(String id, KeyStoreFile keys, URI address, Optional<Custody> custody)
        implements AutoCloseable {
    /** Name in an organization's key store of the certificate with the attribute {@code gateway}. */
    public static final String GATEWAY_ALIAS = "gateway";

    /**
     * Records in an organization's care.
     *
     * @param fhir the server that has them
     * @param records their seals and their log
     */
    public record Custody(FhirBackend fhir, RecordStore records) implements AutoCloseable {
        @Override
        public void close() {
            fhir.close();
            records.close();
        }
    }

    /** The certificate with the attribute {@code gateway} and its key: acts for the organization, not for any of its people. */
    public Optional<Credential> gateway() {
        return keys.credential(GATEWAY_ALIAS);
    }

    @Override
    public void close() {
        custody.ifPresent(Custody::close);
    }
}
