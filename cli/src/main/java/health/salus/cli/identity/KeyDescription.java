package health.salus.cli.identity;

import health.salus.cli.option.KeyEntry;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.identity.Credential;
import health.salus.identity.P256Certificate;
import health.salus.identity.PatientKey;
import health.salus.identity.Role;
import health.salus.identity.Signer;

/** What may be shown of a key: never the private one. */
record KeyDescription(String name, Signer signer) {
    static KeyDescription of(KeyEntry entry) {
        return new KeyDescription(entry.name(), entry.signer());
    }

    /** One line: name, key id, and what it is. */
    String line() {
        return name + "  " + signer.kid().base64Url() + "  " + kind();
    }

    /** Everything that may be shown, a line each. */
    String text() {
        StringBuilder text = new StringBuilder("name: ")
                .append(name)
                .append("\nkey id: ")
                .append(signer.kid().base64Url())
                .append("\npublic key: ")
                .append(signer.key().publicKey().base64Url())
                .append("\nkind: ")
                .append(kind());
        if (signer instanceof Credential credential) {
            P256Certificate certificate = credential.chain().endEntity();
            text.append("\nattributes: ")
                    .append(certificate.attributes().isEmpty() ? "none" : String.join(", ", certificate.attributes()))
                    .append("\nvalid: ")
                    .append(certificate.notBefore())
                    .append(" to ")
                    .append(certificate.notAfter())
                    .append('\n')
                    .append(credential.chain().pem());
        }
        return text.toString();
    }

    JsonObject json() {
        Json.Builder json = JsonObject.builder()
                .put("name", name)
                .put("kid", signer.kid().base64Url())
                .put("key", signer.key().publicKey().base64Url());
        switch (signer) {
            case PatientKey patient -> json.put("patient", patient.handle().value());
            case Credential credential -> describe(credential, json);
        }
        return json.build();
    }

    private String kind() {
        return switch (signer) {
            case PatientKey patient -> "patient";
            case Credential credential ->
                credential.chain().endEntity().organization().orElse("?") + " "
                        + credential
                                .chain()
                                .endEntity()
                                .role()
                                .map(Role::organizationalUnit)
                                .orElse("authority");
        };
    }

    private static void describe(Credential credential, Json.Builder json) {
        P256Certificate certificate = credential.chain().endEntity();
        certificate.organization().ifPresent(organization -> json.put("organization", organization));
        certificate.role().ifPresent(role -> json.put("role", role.organizationalUnit()));
        json.put(
                        "attributes",
                        new JsonArray(certificate.attributes().stream()
                                .<Json>map(JsonString::new)
                                .toList()))
                .put("notBefore", certificate.notBefore().toString())
                .put("notAfter", certificate.notAfter().toString())
                .put("pem", credential.chain().pem());
    }
}
