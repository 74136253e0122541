package health.salus.contracts.access;

import java.security.SecureRandom;

/** Terms for tests. */
final class SampleTerms {
    static final Terms TREATMENT =
            Terms.of(PurposeOfUse.TREAT, Scope.of("Patient", "Observation", "Condition"), new SecureRandom());
    static final Terms RESEARCH = Terms.of(PurposeOfUse.HRESCH, Scope.of("Observation"), new SecureRandom());

    private SampleTerms() {}
}
