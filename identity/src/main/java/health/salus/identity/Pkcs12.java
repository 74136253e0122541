package health.salus.identity;

import health.salus.identity.KeyStoreFileException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JCA's key store of type PKCS #12 in one file, with its failures told apart. Not thread-safe. */
final class Pkcs12 {
    private final Path file;
    private final KeyStorePassword password;
    private byte @Nullable [] content; // of the file
    private KeyStore store;

    private Pkcs12(Path file, KeyStorePassword password, byte @Nullable [] content) {
        this.file = file;
        this.password = password;
        this.content = content;
        this.store = load(file, password, content);
    }

    static Pkcs12 create(Path file, KeyStorePassword password) {
        if (Files.exists(file)) {
            throw new KeyStoreFileException(Reason.EXISTS, "key store " + file + " exists already", null);
        }
        return new Pkcs12(file, password, null);
    }

    static Pkcs12 open(Path file, KeyStorePassword password) {
        try {
            return new Pkcs12(file, password, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new KeyStoreFileException(Reason.MISSING, "no key store at " + file, e);
        } catch (IOException e) {
            throw new KeyStoreFileException(Reason.STORAGE, "key store " + file + " cannot be read", e);
        }
    }

    /** The key under {@code alias}; empty without one. */
    Optional<Key> key(String alias) {
        try {
            return Optional.ofNullable(store.getKey(alias, password.characters()));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw damaged(e);
        }
    }

    List<Certificate> chain(String alias) {
        try {
            Certificate @Nullable [] chain = store.getCertificateChain(alias);
            return chain == null ? List.of() : List.of(chain);
        } catch (GeneralSecurityException e) {
            throw damaged(e);
        }
    }

    List<String> aliases() {
        try {
            return Collections.list(store.aliases());
        } catch (GeneralSecurityException e) {
            throw damaged(e);
        }
    }

    /** Sets an entry and replaces the file, or does neither; only a private key has a chain. */
    void put(String alias, Key key, Certificate... chain) {
        try {
            store.setKeyEntry(alias, key, password.characters(), chain);
            write();
        } catch (KeyStoreFileException e) {
            store = load(file, password, content);
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("key that PKCS #12 cannot hold", e);
        }
    }

    /** Replaces the file. */
    void write() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password.characters());
            AtomicFile.write(file, out.toByteArray());
            content = out.toByteArray();
        } catch (IOException | GeneralSecurityException e) {
            throw new KeyStoreFileException(Reason.STORAGE, "key store " + file + " cannot be written", e);
        }
    }

    private static KeyStore load(Path file, KeyStorePassword password, byte @Nullable [] content) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(content == null ? null : new ByteArrayInputStream(content), password.characters());
            return store;
        } catch (IOException e) {
            throw e.getCause() instanceof UnrecoverableKeyException
                    ? new KeyStoreFileException(Reason.WRONG_PASSWORD, "password does not open key store " + file, e)
                    : damaged(file, e);
        } catch (GeneralSecurityException | RuntimeException e) { // its parser throws unchecked exceptions as well
            throw damaged(file, e);
        }
    }

    KeyStoreFileException damaged(Throwable cause) {
        return damaged(file, cause);
    }

    private static KeyStoreFileException damaged(Path file, Throwable cause) {
        return new KeyStoreFileException(
                Reason.DAMAGED, "key store " + file + " is damaged; restore it from a backup", cause);
    }
}
