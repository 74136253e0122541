/**
 * Who may see a patient's records: patients and their substitutes, grants, emergency access, and the decision.
 * {@link health.salus.contracts.access.AccessContract} has the rules by which the state changes,
 * {@link health.salus.contracts.access.AccessPolicy} decides in any state, {@link health.salus.contracts.access.Terms}
 * say what a grant is for and stay off the ledger.
 */
@NullMarked
package health.salus.contracts.access;

import org.jspecify.annotations.NullMarked;
