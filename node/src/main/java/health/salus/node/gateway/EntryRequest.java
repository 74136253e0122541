package health.salus.node.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * What an entry of a batch or transaction asks.
 *
 * @param path of {@code request.url}, as it stands there
 * @param query of {@code request.url}; empty for none
 */
record EntryRequest(String method, String path, String query) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Reads {@code request}. @throws FhirProblem where the entry has none */
    static EntryRequest of(BundleSlices.Entry entry) {
        byte[] request = entry.request();
        if (request == null) {
            throw FhirProblem.invalid("an entry without a request");
        }
        String url = text(request, "url");
        int question = url.indexOf('?');
        return new EntryRequest(
                text(request, "method"),
                question < 0 ? url : url.substring(0, question),
                question < 0 ? "" : url.substring(question + 1));
    }

    /** What it asks. @throws FhirProblem where FHIR doesn't define that */
    RestfulInteraction interaction() {
        return RequestLine.parse(method, path);
    }

    /** A text member of a JSON object; empty where it has none. */
    static String text(byte[] object, String name) {
        try (JsonParser parser = FACTORY.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(name);
                JsonToken value = parser.nextToken();
                if (wanted && value == JsonToken.VALUE_STRING) {
                    return parser.getText();
                }
                parser.skipChildren();
            }
            return "";
        } catch (IOException e) {
            throw FhirProblem.invalid("an entry that can't be read");
        }
    }
}
