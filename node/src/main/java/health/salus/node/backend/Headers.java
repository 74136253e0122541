package health.salus.node.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** HTTP header fields; names compare without case (RFC 9110 §5.1), values keep their order. Immutable. */
public final class Headers {
    /** No fields. */
    public static final Headers NONE = new Headers(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));

    private final SortedMap<String, List<String>> fields;

    private Headers(SortedMap<String, List<String>> fields) {
        this.fields = fields;
    }

    /** One field. */
    public static Headers of(String name, String value) {
        return NONE.with(name, value);
    }

    /** The fields of a map from name to values. */
    public static Headers of(Map<String, List<String>> fields) {
        TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        return new Headers(copy);
    }

    /** These and one value more. */
    public Headers with(String name, String value) {
        TreeMap<String, List<String>> copy = new TreeMap<>(fields);
        List<String> values = new ArrayList<>(all(name));
        values.add(value);
        copy.put(name, List.copyOf(values));
        return new Headers(copy);
    }

    /** These without a field. */
    public Headers without(String name) {
        TreeMap<String, List<String>> copy = new TreeMap<>(fields);
        copy.remove(name);
        return new Headers(copy);
    }

    /** Those of the fields whose names are in the set, whatever their case. */
    public Headers only(Set<String> names) {
        TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : names) {
            List<String> values = fields.get(name);
            if (values != null) {
                copy.put(name, values);
            }
        }
        return new Headers(copy);
    }

    /** First value of a field. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** All values of a field, none where it is absent. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** Names as they were given, sorted without case. */
    public List<String> names() {
        return List.copyOf(fields.keySet());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headers headers && fields.equals(headers.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Values may hold tokens: only the names show. */
    @Override
    public String toString() {
        return fields.keySet().toString();
    }
}
