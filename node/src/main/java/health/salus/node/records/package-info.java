/**
 * What an organization keeps to prove its records: a seal beside each version, and a log of their commitments. Start with
 * {@link health.salus.node.records.RecordStore}.
 */
@NullMarked
package health.salus.node.records;

import org.jspecify.annotations.NullMarked;
