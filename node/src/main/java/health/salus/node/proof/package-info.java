/**
 * What makes records provable: every version that is written is sealed, every version that leaves is checked, whatever
 * went around the gateway is found, and the record log's heads are anchored on the ledger. Begin with
 * {@link health.salus.node.proof.SealedVersions}.
 */
@NullMarked
package health.salus.node.proof;

import org.jspecify.annotations.NullMarked;
