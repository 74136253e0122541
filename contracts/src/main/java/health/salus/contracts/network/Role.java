package health.salus.contracts.network;

/** What a certificate is for: the OU role of a Hyperledger Fabric MSP, which is in the certificate too. */
public enum Role {
    /** Manages its organization's certificates; of the founder, also the network. */
    ADMIN,
    /** Acts for its organization: staff, services, devices. */
    CLIENT,
    /** Runs a node. */
    PEER
}
