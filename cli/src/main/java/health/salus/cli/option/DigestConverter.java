package health.salus.cli.option;

import health.salus.foundation.Sha256;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a digest: a transaction or key id, 43 characters of base64url or 64 hexadecimal digits. */
public final class DigestConverter implements ITypeConverter<Sha256> {
    @Override
    public Sha256 convert(String text) {
        try {
            return text.length() == 2 * Sha256.BYTES ? Sha256.ofHex(text) : Sha256.ofBase64Url(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("expected an id of 43 base64url characters or 64 hexadecimal digits");
        }
    }
}
