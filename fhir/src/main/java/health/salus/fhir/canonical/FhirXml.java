package health.salus.fhir.canonical;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.FhirJsonException.Reason;
import java.nio.charset.StandardCharsets;

/**
 * Reads FHIR XML as the JSON tree that says the same, through HAPI's parsers, so that both formats have one canonical
 * form. Faithful for every element of R4; decimals keep their digits. Not kept: XML comments, and the exact spelling of
 * the narrative (which no {@code #static} form contains). Elements that R4 does not define are refused. Thread-safe.
 */
public final class FhirXml {
    private static final FhirContext R4 = context();

    private FhirXml() {}

    /** Reads one resource in XML, UTF-8. @throws FhirJsonException for anything else */
    public static ObjectNode resource(byte[] xml) {
        if (xml.length > FhirJson.MAX_BYTES) {
            throw new FhirJsonException(
                    Reason.TOO_LARGE, "XML of " + xml.length + " bytes (at most " + FhirJson.MAX_BYTES + ")");
        }
        try {
            IParser json = R4.newJsonParser();
            return FhirJson.resource(json.encodeResourceToString(
                            R4.newXmlParser().parseResource(new String(xml, StandardCharsets.UTF_8)))
                    .getBytes(StandardCharsets.UTF_8));
        } catch (DataFormatException | ClassCastException e) {
            throw new FhirJsonException(Reason.MALFORMED_XML, "not a FHIR R4 resource in XML");
        }
    }

    private static FhirContext context() {
        FhirContext context = FhirContext.forR4();
        context.setParserErrorHandler(new StrictErrorHandler());
        context.getParserOptions()
                .setStripVersionsFromReferences(false)
                .setOverrideResourceIdWithBundleEntryFullUrl(false);
        return context;
    }
}
