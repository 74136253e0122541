package health.salus.node.smart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an access token is good for at most. Scopes only ever narrow what the caller may do anyway; grants on the ledger
 * decide the rest.
 */
public final class SmartScopes {
    private final List<SmartScope> scopes;

    private SmartScopes(List<SmartScope> scopes) {
        this.scopes = List.copyOf(scopes);
    }

    /** Reads scopes separated by spaces; unknown ones are left out, as RFC 6749 §3.3 lets a server do. */
    public static SmartScopes parse(String text) {
        List<SmartScope> scopes = new ArrayList<>();
        for (String one : text.split(" ", 64)) {
            SmartScope.parse(one).ifPresent(scopes::add);
        }
        return new SmartScopes(scopes);
    }

    /** Those of {@code requested} that this kind of caller can have: outsiders and patients only read and search. */
    static SmartScopes grantable(Caller caller, String requested) {
        String context = caller instanceof Caller.Person ? "patient" : "system";
        List<SmartScope> grantable = new ArrayList<>();
        for (SmartScope scope : parse(requested).scopes) {
            String verbs =
                    caller instanceof Caller.Own ? scope.verbs() : scope.verbs().replaceAll("[cud]", "");
            if (scope.context().equals(context) && !verbs.isEmpty()) {
                grantable.add(new SmartScope(context, scope.type(), verbs));
            }
        }
        return new SmartScopes(grantable);
    }

    /** Whether nothing is permitted. */
    public boolean isEmpty() {
        return scopes.isEmpty();
    }

    /**
     * Whether a resource of this type may be touched in this way.
     *
     * @param verb one of {@code c}reate, {@code r}ead, {@code u}pdate, {@code d}elete, {@code s}earch
     */
    public boolean permit(String resourceType, char verb) {
        return scopes.stream().anyMatch(scope -> scope.permits(resourceType, verb));
    }

    /** The scopes separated by spaces. */
    @Override
    public String toString() {
        return scopes.stream().map(SmartScope::toString).collect(Collectors.joining(" "));
    }
}
