package health.salus.cli.identity;

import health.salus.cli.console.Output;
import health.salus.cli.option.KeyStoreOptions;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.PatientKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code salus patient key} */
@Command(
        name = "key",
        description = "Make a patient's key with a random handle for one custodian, and store it.",
        footer = "salus patient key --keystore patient.p12 --password-file password")
final class PatientKeyCommand implements Runnable {
    @Mixin
    private final KeyStoreOptions keyStore = new KeyStoreOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public void run() {
        PatientKey patient = PatientKey.generate();
        keyStore.openOrCreate().put(patient);
        String handle = patient.handle().value();
        String key = patient.key().publicKey().base64Url();
        output.show(
                JsonObject.builder()
                        .put("patient", handle)
                        .put("key", key)
                        .put("kid", patient.kid().base64Url())
                        .build(),
                "handle: " + handle + "\npublic key: " + key
                        + "\nGive both to the custodian, who registers them with 'salus patient register'.");
    }
}
