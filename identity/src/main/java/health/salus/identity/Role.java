package health.salus.identity;

import java.util.Locale;
import java.util.Optional;

/**
 * What a certificate's holder is to the network, named by the one organizational unit of its subject and, where the
 * certificate is on the ledger, there too.
 */
public enum Role {
    /** Asks and signs: staff, services, devices. */
    CLIENT,
    /** Runs a node. */
    PEER,
    /** Manages its organization's certificates; of the founder, also the network. */
    ADMIN;

    /**
     * The organizational unit, as Hyperledger Fabric's node OUs spell it: {@code client}, {@code peer}, {@code admin}. The
     * ledger spells it so too.
     */
    public String organizationalUnit() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role that an organizational unit names; empty for another unit. */
    public static Optional<Role> ofOrganizationalUnit(String unit) {
        for (Role role : values()) {
            if (role.organizationalUnit().equals(unit)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
