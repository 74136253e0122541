package health.salus.cli.option;

import health.salus.identity.KeyStoreFile;
import health.salus.identity.Signer;
import java.util.ArrayList;
import java.util.List;

/**
 * A key of a key store that can sign.
 *
 * @param name alias, or the handle of the patient whose key it is
 * @param signer the key with its certificates, if it has any
 */
public record KeyEntry(String name, Signer signer) {
    /** All of them, certificates' keys first. */
    public static List<KeyEntry> of(KeyStoreFile store) {
        List<KeyEntry> entries = new ArrayList<>();
        store.aliases()
                .forEach(alias ->
                        store.credential(alias).ifPresent(credential -> entries.add(new KeyEntry(alias, credential))));
        store.patients()
                .forEach(handle -> store.patientKey(handle)
                        .ifPresent(patient -> entries.add(new KeyEntry(handle.value(), patient))));
        return entries;
    }
}
