package health.salus.fhirserver;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings.ClientIdStrategyEnum;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings.IdStrategyEnum;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings.StoreMetaSourceInformationEnum;
import ca.uhn.fhir.jpa.model.entity.StorageSettings.IndexEnabledEnum;
import ca.uhn.fhir.jpa.model.entity.StorageSettings.TagStorageModeEnum;

/**
 * How the server stores and searches. Two aims: a stored version never changes, so that a commitment to it holds, and
 * no answer outlives the grant it was given under.
 */
final class StorageRules {
    private StorageRules() {}

    static JpaStorageSettings of(FhirServerSettings settings) {
        JpaStorageSettings rules = new JpaStorageSettings();
        identities(rules);
        versions(rules);
        searches(rules);
        rules.setEnforceReferentialIntegrityOnWrite(settings.referentialIntegrity());
        rules.setEnforceReferentialIntegrityOnDelete(settings.referentialIntegrity());
        rules.setAllowExternalReferences(true); // patients have records elsewhere
        return rules;
    }

    /** A version-specific reference stays one: it is part of what was signed. */
    static void parsing(FhirContext context) {
        context.getParserOptions().setStripVersionsFromReferences(false);
    }

    /** Ids that the server makes can't be guessed and tell no counts; a client may bring its own. */
    private static void identities(JpaStorageSettings rules) {
        rules.setResourceServerIdStrategy(IdStrategyEnum.UUID);
        rules.setResourceClientIdStrategy(ClientIdStrategyEnum.ANY);
    }

    private static void versions(JpaStorageSettings rules) {
        rules.setTagStorageMode(TagStorageModeEnum.INLINE); // tags belong to the version, not to the resource
        rules.setStoreMetaSourceInformation(StoreMetaSourceInformationEnum.NONE);
        rules.setUpdateWithHistoryRewriteEnabled(false);
        rules.setAllowMultipleDelete(false);
        rules.setExpungeEnabled(true); // erasure
        rules.setDeleteExpungeEnabled(false);
    }

    private static void searches(JpaStorageSettings rules) {
        rules.setReuseCachedSearchResultsForMillis(null); // a cached search would survive the revocation of its grant
        rules.setIndexMissingFields(IndexEnabledEnum.DISABLED);
        rules.setHibernateSearchIndexFullText(false);
        rules.setHibernateSearchIndexSearchParams(false);
        rules.setEnableTaskBulkExportJobExecution(false);
        rules.setEnableTaskBulkImportJobExecution(false);
        rules.setEnableTaskPreExpandValueSets(false);
        rules.setPreExpandValueSets(false);
    }
}
