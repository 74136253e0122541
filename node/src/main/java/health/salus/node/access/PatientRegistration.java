package health.salus.node.access;

import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.NewKey;
import health.salus.contracts.records.RecordsAction;
import health.salus.contracts.rule.Action;
import health.salus.fhir.FhirSyntax;
import health.salus.identity.Handle;
import health.salus.ledger.Submission;
import health.salus.node.backend.FhirRequest;
import health.salus.node.web.Problem;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.DuplicateKeyException;

/** Makes a patient of a custodian's FHIR server known to the network: under a handle, with a first key. */
public final class PatientRegistration {
    private static final int PATIENCE_SECONDS = 30;

    private PatientRegistration() {}

    /**
     * Registers a patient.
     *
     * @param patient id of the Patient
     * @param handle a new one
     * @return address of the Patient for the network
     * @throws Problem where that is not possible; then the patient is as unknown as before
     */
    public static String register(Custodian custodian, String patient, Handle handle, NewKey key) {
        requireStored(custodian, patient);
        bind(custodian, handle, patient);
        String url = custodian.fhirBase() + "/Patient/" + handle;
        try {
            requireAccepted(custodian, new AccessAction.RegisterPatient(handle, key));
        } catch (RuntimeException e) {
            custodian.handles().unbind(handle.value());
            throw e;
        }
        requireAccepted(custodian, new RecordsAction.Locate(handle, url));
        return url;
    }

    /** @throws Problem unless the FHIR server has this Patient */
    static void requireStored(Custodian custodian, String patient) {
        if (!FhirSyntax.isId(patient)
                || !custodian
                        .backend()
                        .exchange(FhirRequest.get("Patient/" + patient))
                        .isSuccess()) {
            throw Problem.of(422, "unknown-patient", "the FHIR server has no Patient with this id");
        }
    }

    /** @throws Problem where the patient has a handle */
    static void requireUnregistered(Custodian custodian, String patient) {
        if (custodian.handles().handle(patient).isPresent()) {
            throw registered();
        }
    }

    private static void bind(Custodian custodian, Handle handle, String patient) {
        try {
            custodian.handles().bind(handle.value(), patient);
        } catch (DuplicateKeyException e) {
            throw registered();
        }
    }

    private static void requireAccepted(Custodian custodian, Action action) {
        try {
            Submission submission = custodian.transactions().submit(action).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (submission instanceof Submission.Committed committed && committed.isAccepted()) {
                return;
            }
            String code = submission instanceof Submission.Committed committed
                    ? committed.rejection().map(Object::toString).orElse("rejected")
                    : "not-taken";
            throw Problem.of(409, code, "the ledger did not accept the registration");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown();
        } catch (ExecutionException | TimeoutException e) {
            throw unknown();
        }
    }

    private static Problem registered() {
        return Problem.of(409, "registered-already", "this patient has a handle already");
    }

    private static Problem unknown() {
        return Problem.of(503, "unknown-outcome", "the ledger did not answer; ask it before repeating");
    }
}
