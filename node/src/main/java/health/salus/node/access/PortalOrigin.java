package health.salus.node.access;

import java.net.URI;
import java.util.Set;

/**
 * Origin (RFC 6454) of this node's pages, which passkeys are bound to: change it, and no passkey works any more.
 *
 * @param value scheme, host and port where that isn't the scheme's own: {@code https://hospital.example}
 */
public record PortalOrigin(String value) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "0.0.0.0");

    /** The origin of an address; that of a loopback address is {@code localhost}, since passkeys need a domain. */
    public static PortalOrigin of(URI address) {
        String host = LOOPBACK.contains(address.getHost()) ? "localhost" : address.getHost();
        boolean usual = address.getPort() == -1
                || address.getPort() == (address.getScheme().equals("https") ? 443 : 80);
        return new PortalOrigin(address.getScheme() + "://" + host + (usual ? "" : ":" + address.getPort()));
    }

    /** Id of the relying party (WebAuthn Level 3 §4): the host. */
    public String relyingParty() {
        return URI.create(value).getHost();
    }

    /** Whether it is reached by TLS. */
    public boolean isSecure() {
        return value.startsWith("https:");
    }
}
