package health.salus.cli.demo;

import health.salus.identity.Handle;
import health.salus.identity.PatientKey;

/**
 * The patient of the demo.
 *
 * @param id of the Patient at the hospital's FHIR server; nobody else learns it
 * @param handle what the network calls them
 * @param key with which they decide
 */
record DemoPatient(String id, Handle handle, PatientKey key) {
    /** The patient as a caller of the gateway. */
    Caller caller() {
        return Caller.patient(key);
    }
}
