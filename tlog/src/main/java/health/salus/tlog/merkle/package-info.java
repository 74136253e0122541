/**
 * The Merkle tree of RFC 9162 §2.1 with SHA-256: what a {@link health.salus.tlog.merkle.Frontier} grows, what an
 * {@link health.salus.tlog.merkle.InclusionProof} and a {@link health.salus.tlog.merkle.ConsistencyProof} say about a
 * {@link health.salus.tlog.merkle.TreeHead}, and how each is checked without the tree.
 */
@NullMarked
package health.salus.tlog.merkle;

import org.jspecify.annotations.NullMarked;
