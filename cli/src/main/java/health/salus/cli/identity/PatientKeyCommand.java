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
        description = "Make a patient's key for one custodian, and store it under a random name.",
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
                        .put("name", handle)
                        .put("key", key)
                        .put("kid", patient.kid().base64Url())
                        .build(),
                "name: " + handle + "\npublic key: " + key
                        + "\nGive the public key to the custodian, who registers it with 'salus patient register'.");
    }
}
