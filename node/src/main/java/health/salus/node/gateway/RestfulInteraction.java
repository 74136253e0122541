package health.salus.node.gateway;

/** What a request asks of a FHIR server, as FHIR R4 "RESTful API" names it. */
public sealed interface RestfulInteraction {
    /** {@code GET metadata} */
    record Capabilities() implements RestfulInteraction {}

    /** {@code GET Type/id} */
    record Read(String type, String id) implements RestfulInteraction {}

    /** {@code GET Type/id/_history/version} */
    record VersionRead(String type, String id, String version) implements RestfulInteraction {}

    /** {@code GET Type/id/_history} */
    record InstanceHistory(String type, String id) implements RestfulInteraction {}

    /** {@code GET Type/_history} or {@code GET _history}. */
    record WideHistory() implements RestfulInteraction {}

    /** {@code GET Type?…} or {@code POST Type/_search}. */
    record Search(String type) implements RestfulInteraction {}

    /** {@code GET ?…} or {@code POST _search} over all types; also the next page of any search. */
    record SystemSearch() implements RestfulInteraction {}

    /** {@code Type/id/$name}, {@code Type/$name} or {@code $name}; {@code type} and {@code id} are empty where absent. */
    record Operation(String type, String id, String name) implements RestfulInteraction {}

    /** Batch or transaction: {@code POST} to the base. */
    record Bundle() implements RestfulInteraction {}

    /** Create, update, patch or delete; {@code id} is empty for creations and conditional forms. */
    record Write(Verb verb, String type, String id) implements RestfulInteraction {}

    /** How a write changes what is stored. */
    enum Verb {
        /** {@code POST Type}, also with {@code If-None-Exist}. */
        CREATE,
        /** {@code PUT Type/id} or {@code PUT Type?…}. */
        UPDATE,
        /** {@code PATCH Type/id} or {@code PATCH Type?…}. */
        PATCH,
        /** {@code DELETE Type/id} or {@code DELETE Type?…}. */
        DELETE
    }

    /** Its code in {@code http://hl7.org/fhir/restful-interaction}. */
    default String code() {
        return switch (this) {
            case Capabilities capabilities -> "capabilities";
            case Read read -> "read";
            case VersionRead read -> "vread";
            case InstanceHistory history -> "history-instance";
            case WideHistory history -> "history-system";
            case Search search -> "search-type";
            case SystemSearch search -> "search-system";
            case Operation operation -> "operation";
            case Bundle bundle -> "transaction";
            case Write(Verb verb, String type, String id) -> verb.name().toLowerCase(java.util.Locale.ROOT);
        };
    }
}
