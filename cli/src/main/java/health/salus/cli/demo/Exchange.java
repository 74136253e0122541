package health.salus.cli.demo;

import health.salus.foundation.Json.JsonObject;

/**
 * One HTTP call and what came of it.
 *
 * @param target path and query
 * @param answer status and a few words
 */
record Exchange(String method, String target, String answer) {
    /** For people: {@code GET /ledger -> 200}. */
    @Override
    public String toString() {
        return method + " " + target + " -> " + answer;
    }

    /** For programs: {@code {"answer","method","target"}}. */
    JsonObject toJson() {
        return JsonObject.builder()
                .put("method", method)
                .put("target", target)
                .put("answer", answer)
                .build();
    }
}
