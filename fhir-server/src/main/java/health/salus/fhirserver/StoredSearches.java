package health.salus.fhirserver;

import java.io.ObjectInputFilter;

/**
 * Which serialized Java objects the FHIR server has to be able to read: the parameters of a search, which it keeps in its
 * database as such until the last page was asked for. It reads them by the filter of the whole process, see {@link
 * ObjectInputFilter.Config#setSerialFilter}.
 */
public final class StoredSearches {
    private static final ObjectInputFilter FILTER = ObjectInputFilter.Config.createFilter(
            "ca.uhn.fhir.jpa.searchparam.*;ca.uhn.fhir.rest.param.*;ca.uhn.fhir.rest.api.*"
                    + ";ca.uhn.fhir.model.api.*;ca.uhn.fhir.model.primitive.*;ca.uhn.fhir.model.base.composite.*"
                    + ";org.hl7.fhir.instance.model.api.*;sun.util.calendar.*;java.lang.*;java.math.*;java.util.*");

    private StoredSearches() {}

    /** Allows what parameters of searches consist of; says nothing about other classes and sets no limits. */
    public static ObjectInputFilter filter() {
        return FILTER;
    }
}
