package health.salus.contracts.rule;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The codes that stand for the constants of an enum in arguments and state: {@code KEY_COMPROMISE} is written
 * {@code key-compromise}. Immutable.
 */
public final class Codes<E extends Enum<E>> {
    private final Class<E> type;
    private final Map<String, E> constants = new TreeMap<>();

    private Codes(Class<E> type) {
        this.type = type;
        for (E constant : type.getEnumConstants()) {
            constants.put(code(constant), constant);
        }
    }

    /** The codes of {@code type}. */
    public static <E extends Enum<E>> Codes<E> of(Class<E> type) {
        return new Codes<>(type);
    }

    /** The code of {@code constant}. */
    public static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All codes, ascending. */
    public Set<String> all() {
        return Collections.unmodifiableSet(constants.keySet());
    }

    /** The codes of {@code some}, ascending. */
    public Set<String> only(Set<E> some) {
        Set<String> codes = new TreeSet<>();
        some.forEach(constant -> codes.add(code(constant)));
        return Collections.unmodifiableSet(codes);
    }

    /** The constant that {@code code} stands for. @throws IllegalArgumentException if there is none */
    public E constant(String code) {
        E constant = constants.get(code);
        if (constant == null) {
            throw new IllegalArgumentException("unknown code of " + type.getSimpleName());
        }
        return constant;
    }

    /** The constants that {@code codes} stand for. */
    public Set<E> constants(List<String> codes) {
        Set<E> set = EnumSet.noneOf(type);
        codes.forEach(code -> set.add(constant(code)));
        return Collections.unmodifiableSet(set);
    }
}
