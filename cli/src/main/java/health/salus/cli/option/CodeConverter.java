package health.salus.cli.option;

import health.salus.contracts.rule.Codes;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the code of a constant, {@code acute-danger} for {@code ACUTE_DANGER}; also lists the codes for help texts and
 * shell completion.
 */
public abstract class CodeConverter<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {
    private final Codes<E> codes;

    /** @param type the enum */
    protected CodeConverter(Class<E> type) {
        this.codes = Codes.of(type);
    }

    @Override
    public E convert(String code) {
        try {
            return codes.constant(code);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("expected one of " + String.join(", ", codes.all()));
        }
    }

    @Override
    public Iterator<String> iterator() {
        return codes.all().iterator();
    }
}
