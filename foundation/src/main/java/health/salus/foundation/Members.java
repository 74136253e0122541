package health.salus.foundation;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object in the order of their names: two arrays, because objects are what a ledger keeps most of
 * in memory, and a tree takes three times the room. Immutable.
 */
@SuppressWarnings("JdkObsolete") // the component of the record is a SortedMap
final class Members extends AbstractMap<String, Json> implements SortedMap<String, Json> {
    private final String[] names;
    private final Json[] values;

    private Members(String[] names, Json[] values) {
        this.names = names;
        this.values = values;
    }

    /** These members; {@code map} itself if it is of this kind. */
    static Members copyOf(Map<String, Json> map) {
        if (map instanceof Members members) {
            return members;
        }
        boolean ascends = map instanceof SortedMap<?, ?> sorted && sorted.comparator() == null;
        Map<String, Json> ascending = ascends ? map : new TreeMap<>(Collections.unmodifiableMap(map));
        String[] names = new String[ascending.size()];
        Json[] values = new Json[names.length];
        int i = 0;
        for (Map.Entry<String, Json> member : ascending.entrySet()) {
            names[i] = member.getKey();
            values[i++] = Objects.requireNonNull(member.getValue());
        }
        return new Members(names, values);
    }

    /** Members whose names are known to ascend. */
    static Members ofAscending(List<String> names, List<Json> values) {
        return new Members(names.toArray(String[]::new), values.toArray(Json[]::new));
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public @Nullable Json get(Object name) {
        int index = name instanceof String text ? Arrays.binarySearch(names, text) : -1;
        return index < 0 ? null : values[index];
    }

    @Override
    public boolean containsKey(Object name) {
        return get(name) != null;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Json> action) {
        for (int i = 0; i < names.length; i++) {
            action.accept(names[i], values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, Json>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return names.length;
            }

            @Override
            public Iterator<Map.Entry<String, Json>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < names.length;
                    }

                    @Override
                    public Map.Entry<String, Json> next() {
                        if (next == names.length) {
                            throw new NoSuchElementException();
                        }
                        Map.Entry<String, Json> entry = Map.entry(names[next], values[next]);
                        next++;
                        return entry;
                    }
                };
            }
        };
    }

    @Override
    public @Nullable Comparator<? super String> comparator() {
        return null; // that of String: UTF-16 code units
    }

    @Override
    public SortedMap<String, Json> subMap(String from, String to) {
        return copyOf(tree().subMap(from, to));
    }

    @Override
    public SortedMap<String, Json> headMap(String to) {
        return copyOf(tree().headMap(to));
    }

    @Override
    public SortedMap<String, Json> tailMap(String from) {
        return copyOf(tree().tailMap(from));
    }

    private NavigableMap<String, Json> tree() {
        return new TreeMap<>(Collections.unmodifiableMap(this));
    }

    @Override
    public String firstKey() {
        return nameAt(0);
    }

    @Override
    public String lastKey() {
        return nameAt(names.length - 1);
    }

    private String nameAt(int index) {
        if (names.length == 0) {
            throw new NoSuchElementException();
        }
        return names[index];
    }
}
