package health.salus.tlog.proof;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which sets of witnesses are enough.
 *
 * @param required name of a witness or group, or {@link #NONE}
 * @param groups in the order of their definition, so that members come before the groups that name them
 */
record Quorum(String required, Map<String, Group> groups) {
    static final String NONE = "none";

    /** Satisfied by {@code threshold} of its members, each a witness or a group. */
    record Group(int threshold, List<String> members) {
        Group {
            members = List.copyOf(members);
        }
    }

    Quorum {
        groups = new LinkedHashMap<>(groups);
    }

    boolean isReachedBy(Set<String> witnesses) {
        Set<String> satisfied = new HashSet<>(witnesses);
        groups.forEach((name, group) -> {
            if (group.members().stream().filter(satisfied::contains).count() >= group.threshold()) {
                satisfied.add(name);
            }
        });
        return required.equals(NONE) || satisfied.contains(required);
    }
}
