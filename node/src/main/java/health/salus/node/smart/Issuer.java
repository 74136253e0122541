package health.salus.node.smart;

import java.util.Optional;

/**
 * An organization that issues access tokens at this node.
 *
 * @param organization its id
 * @param base its address at this node, without a slash at the end
 * @param tokens those that it issues
 * @param used assertions that it has issued tokens for
 */
public record Issuer(String organization, String base, AccessTokens tokens, UsedAssertions used) {
    /** Address of its token endpoint, the audience of assertions. */
    public String tokenUrl() {
        return base + "/token";
    }

    /** Finds issuers. */
    @FunctionalInterface
    public interface Directory {
        /** The issuer of {@code organization}, if it has a gateway here. */
        Optional<Issuer> find(String organization);
    }
}
