/**
 * Where records are and that they are what they were: heads of the organizations' record logs, locations of patients'
 * records, receipts of erasure. {@link health.salus.contracts.records.RecordsContract} has the rules,
 * {@link health.salus.contracts.records.Records} reads the state.
 */
@NullMarked
package health.salus.contracts.records;

import org.jspecify.annotations.NullMarked;
