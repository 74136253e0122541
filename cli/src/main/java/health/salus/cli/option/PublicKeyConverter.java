package health.salus.cli.option;

import health.salus.identity.P256PublicKey;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a P-256 public key: x ‖ y in base64url. */
public final class PublicKeyConverter implements ITypeConverter<P256PublicKey> {
    @Override
    public P256PublicKey convert(String text) {
        try {
            return P256PublicKey.ofBase64Url(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "expected a P-256 public key of 86 base64url characters, as 'salus patient key' prints it");
        }
    }
}
