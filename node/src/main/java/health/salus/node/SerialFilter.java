package health.salus.node;

import health.salus.fhirserver.StoredSearches;
import health.salus.ordering.raft.RaftObjects;
import java.io.ObjectInputFilter;

/**
 * What this process reads as serialized Java objects: exceptions of other members' nodes and searches in the FHIR server's
 * database; of anything else none, and of those none that is larger than they are.
 */
final class SerialFilter {
    private static final ObjectInputFilter LIMITS =
            ObjectInputFilter.Config.createFilter("maxbytes=1000000;maxdepth=20;maxrefs=50000;maxarray=10000");
    private static final ObjectInputFilter FILTER = ObjectInputFilter.rejectUndecidedClass(
            ObjectInputFilter.merge(LIMITS, ObjectInputFilter.merge(RaftObjects.filter(), StoredSearches.filter())));

    private SerialFilter() {}

    /**
     * Sets the filter for the whole process and for good; again does nothing.
     *
     * @throws IllegalStateException if the process has another one, which can't be replaced
     */
    static synchronized void install() {
        ObjectInputFilter present = ObjectInputFilter.Config.getSerialFilter();
        if (present == null) {
            ObjectInputFilter.Config.setSerialFilter(FILTER);
        } else if (present != FILTER) {
            throw new IllegalStateException("this process has another filter for serialized objects (" + present
                    + "); start the node without -Djdk.serialFilter");
        }
    }
}
