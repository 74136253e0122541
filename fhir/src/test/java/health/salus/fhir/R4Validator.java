package health.salus.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/** HAPI's instance validator with the definitions of FHIR R4 itself, which are part of it. */
public final class R4Validator {
    private static final FhirValidator VALIDATOR = validator();

    private R4Validator() {}

    /** What is wrong with a resource; unknown code systems (DICOM, SNOMED) are no errors. */
    public static List<String> errors(ObjectNode resource) {
        return VALIDATOR.validateWithResult(new String(FhirJson.bytes(resource), UTF_8)).getMessages().stream()
                .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
                .map(SingleValidationMessage::toString)
                .toList();
    }

    private static FhirValidator validator() {
        FhirContext r4 = FhirContext.forR4Cached();
        FhirInstanceValidator module = new FhirInstanceValidator(new ValidationSupportChain(
                new DefaultProfileValidationSupport(r4),
                new CommonCodeSystemsTerminologyService(r4), // media types and languages
                new InMemoryTerminologyServerValidationSupport(r4)));
        module.setErrorForUnknownProfiles(false);
        return r4.newValidator().registerValidatorModule(module);
    }
}
