package health.salus.node.access;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * JSON that goes into an answer as it is.
 *
 * @param text valid JSON
 */
record RawJson(@JsonValue @JsonRawValue String text) {}
