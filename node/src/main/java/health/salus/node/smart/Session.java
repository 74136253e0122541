package health.salus.node.smart;

/**
 * A caller for the length of one request.
 *
 * @param scopes what the access token is good for at most
 */
public record Session(Caller caller, SmartScopes scopes) {}
