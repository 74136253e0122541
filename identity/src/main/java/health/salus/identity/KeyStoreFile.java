package health.salus.identity;

import java.nio.file.Path;
import java.security.Key;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys in a PKCS #12 file (RFC 7292), readable by any tool that knows the format: credentials, patients' keys, other
 * secrets. Each {@code put} replaces the file as a whole and is durable when it returns; its owner alone can read it.
 * One process owns a file. Thread-safe.
 *
 * <p>An alias is 1 to 64 of a-z 0-9 - with a letter first: PKCS #12 does not tell the cases of letters apart. Any call
 * may throw {@link KeyStoreFileException}.
 */
public final class KeyStoreFile {
    private static final Pattern ALIAS = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final String PATIENT = "patient-";
    private static final String SECRET_ALGORITHM = "HmacSHA256"; // PKCS #12 wants one; this takes any length

    private final Pkcs12 entries;

    private KeyStoreFile(Pkcs12 entries) {
        this.entries = entries;
    }

    /** Makes an empty key store. @throws KeyStoreFileException if the file exists or cannot be written */
    public static KeyStoreFile create(Path file, KeyStorePassword password) {
        Pkcs12 entries = Pkcs12.create(file, password);
        entries.write();
        return new KeyStoreFile(entries);
    }

    /** Opens a key store. @throws KeyStoreFileException if it is missing, damaged, or closed to this password */
    public static KeyStoreFile open(Path file, KeyStorePassword password) {
        return new KeyStoreFile(Pkcs12.open(file, password));
    }

    /** The aliases of credentials and secrets; patients' keys are found by their handles. */
    public synchronized SortedSet<String> aliases() {
        SortedSet<String> aliases = new TreeSet<>(entries.aliases());
        aliases.removeIf(alias -> alias.startsWith(PATIENT));
        return aliases;
    }

    /** The handles of the patients whose keys are here, in no particular order. */
    public synchronized List<Handle> patients() {
        return entries.aliases().stream()
                .filter(alias -> alias.startsWith(PATIENT))
                .map(alias -> new Handle(alias.substring(PATIENT.length())))
                .toList();
    }

    /** Stores or replaces a key with its certificates. */
    public synchronized void put(String alias, Credential credential) {
        Certificate[] chain = credential.chain().certificates().stream()
                .map(P256Certificate::x509)
                .toArray(Certificate[]::new);
        entries.put(checked(alias), credential.key().key(), chain);
    }

    /** The key with its certificates; empty without such an entry. */
    public synchronized Optional<Credential> credential(String alias) {
        return entries.key(checked(alias))
                .filter(PrivateKey.class::isInstance)
                .map(key -> credential(key, entries.chain(alias)));
    }

    /** Stores or replaces a patient's key. PKCS #12 wants a certificate beside it; the key's own signature says nothing. */
    public synchronized void put(PatientKey patient) {
        P256Certificate certificate = CertificateTemplate.selfSigned(patient.handle(), patient.key());
        entries.put(alias(patient.handle()), patient.key().key(), certificate.x509());
    }

    /** The patient's key; empty if it is not here. */
    public synchronized Optional<PatientKey> patientKey(Handle handle) {
        String alias = alias(handle);
        return entries.key(alias)
                .map(key -> new PatientKey(
                        handle, credential(key, entries.chain(alias)).key()));
    }

    /** Stores or replaces a secret. */
    public synchronized void put(String alias, Secret secret) {
        entries.put(checked(alias), new SecretKeySpec(secret.bytes(), SECRET_ALGORITHM));
    }

    /** The secret; empty without such an entry. */
    public synchronized Optional<Secret> secret(String alias) {
        return entries.key(checked(alias)).filter(SecretKey.class::isInstance).map(key -> Secret.of(key.getEncoded()));
    }

    private Credential credential(Key key, List<Certificate> certificates) {
        try {
            CertificateChain chain = new CertificateChain(certificates.stream()
                    .map(certificate -> P256Certificate.of((X509Certificate) certificate))
                    .toList());
            return new Credential(
                    P256PrivateKey.of(key.getEncoded(), chain.endEntity().publicKey()), chain);
        } catch (IllegalArgumentException e) {
            throw entries.damaged(e);
        }
    }

    private static String alias(Handle handle) {
        return PATIENT + handle.value();
    }

    private static String checked(String alias) {
        if (!ALIAS.matcher(alias).matches() || alias.startsWith(PATIENT)) {
            throw new IllegalArgumentException("alias: " + alias
                    + " (expected: 1 to 64 of a-z 0-9 -, a letter first, not beginning with " + PATIENT + ")");
        }
        return alias;
    }
}
