package health.salus.foundation;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.Locale;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which implementation computes signatures in this process, chosen once: Amazon Corretto Crypto Provider where its
 * native library loads and passes its self tests, else Bouncy Castle. Plain-JDK P-256 is about ten times slower than
 * the former. SHA-256 of short inputs is fastest in the JDK and always computed there.
 *
 * <p>The system property {@value #PROPERTY} with the value {@code bc} forces Bouncy Castle.
 *
 * <p>Nothing is registered globally in {@link java.security.Security}: callers hand {@link #provider()} to
 * {@code getInstance}. Thread-safe.
 */
public final class CryptoProvider {
    /** System property that forces a provider: {@code accp} or {@code bc}. */
    public static final String PROPERTY = "salus.crypto";

    private static final Logger LOGGER = LoggerFactory.getLogger(CryptoProvider.class);
    private static final CryptoProvider CHOSEN = choose();
    private static final MessageDigest SHA256 = jdkSha256(); // only ever cloned, which is cheaper than looking it up

    private final Provider provider;

    private CryptoProvider(Provider provider) {
        this.provider = provider;
    }

    /** The one in use. */
    public static CryptoProvider chosen() {
        return CHOSEN;
    }

    /** Computes P-256 and Ed25519 keys and signatures. */
    public Provider provider() {
        return provider;
    }

    /** Name and version, for the start-up log: {@code "AmazonCorrettoCryptoProvider 2.5"}. */
    public String description() {
        return provider.getName() + " " + provider.getVersionStr();
    }

    /** A new SHA-256 digest of the JDK's own implementation. */
    public static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 can be cloned in every JDK", e);
        }
    }

    private static CryptoProvider choose() {
        String wish = System.getProperty(PROPERTY, "accp").toLowerCase(Locale.ROOT);
        if (wish.equals("accp")) {
            try {
                AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
                if (corretto.getLoadingError() == null && corretto.runSelfTests() == SelfTestStatus.PASSED) {
                    Signature.getInstance("SHA256withECDSA", corretto);
                    return new CryptoProvider(corretto);
                }
                LOGGER.atWarn()
                        .addKeyValue("error", corretto.getLoadingError())
                        .log("Amazon Corretto Crypto Provider does not load here; using the slower Bouncy Castle");
            } catch (GeneralSecurityException | LinkageError e) {
                LOGGER.atWarn()
                        .addKeyValue("error", e.toString())
                        .log("Amazon Corretto Crypto Provider does not work here; using the slower Bouncy Castle");
            }
        } else if (!wish.equals("bc")) {
            throw new IllegalArgumentException(PROPERTY + "=" + wish + " (expected: accp or bc)");
        }
        return new CryptoProvider(new BouncyCastleProvider());
    }

    private static MessageDigest jdkSha256() {
        Provider sun = java.security.Security.getProvider("SUN");
        try {
            return MessageDigest.getInstance("SHA-256", sun != null ? sun : CHOSEN.provider());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
