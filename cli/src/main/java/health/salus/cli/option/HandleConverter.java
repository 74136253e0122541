package health.salus.cli.option;

import health.salus.identity.Handle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a handle: 32 hexadecimal digits. */
public final class HandleConverter implements ITypeConverter<Handle> {
    @Override
    public Handle convert(String text) {
        try {
            return new Handle(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
