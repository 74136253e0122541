package health.salus.cli.demo;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import java.util.List;

/**
 * A step of the demo, as it went.
 *
 * @param number from 1
 * @param title what happens
 * @param exchanges the HTTP calls that were shown
 * @param result what holds, or what was found instead
 */
record Step(int number, String title, List<Exchange> exchanges, boolean held, String result) {
    Step {
        exchanges = List.copyOf(exchanges);
    }

    /** {@code {"calls","held","number","result","title"}}. */
    JsonObject toJson() {
        return JsonObject.builder()
                .put("number", number)
                .put("title", title)
                .put(
                        "calls",
                        new JsonArray(
                                exchanges.stream().<Json>map(Exchange::toJson).toList()))
                .put("held", held)
                .put("result", result)
                .build();
    }
}
