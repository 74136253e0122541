package health.salus.fhir.canonical;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.FhirJsonException.Reason;
import java.io.IOException;
import java.math.BigDecimal;
import org.erdtman.jcs.NumberToJSON;

/** How a canonical form writes numbers. */
enum NumberForm {
    /** As ECMAScript's {@code Number.prototype.toString} (RFC 8785 §3.2.2.3). */
    ECMASCRIPT {
        @Override
        String write(JsonNode number) {
            try {
                return NumberToJSON.serializeNumber(number.doubleValue());
            } catch (IOException e) { // an infinite double
                throw new FhirJsonException(Reason.NUMBER_TOO_LONG, "number beyond the range of a double");
            }
        }
    },
    /** As written: sign, digits, point, digits; exponents expanded; zero without sign. */
    EXACT {
        @Override
        String write(JsonNode number) {
            if (number.isIntegralNumber()) {
                return number.asText();
            }
            BigDecimal decimal = number.decimalValue();
            if ((long) decimal.precision() + Math.abs((long) decimal.scale()) > FhirJson.MAX_DIGITS) {
                throw new FhirJsonException(
                        Reason.NUMBER_TOO_LONG, "number of more than " + FhirJson.MAX_DIGITS + " digits when expanded");
            }
            return decimal.toPlainString();
        }
    };

    /** The canonical literal. @throws FhirJsonException if there is none */
    abstract String write(JsonNode number);
}
