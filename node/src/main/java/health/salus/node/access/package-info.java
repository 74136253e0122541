/**
 * What is granted: terms that requesters deposit, patients and their handles, emergency accesses, and the decision that
 * they add up to. Begin with {@link health.salus.node.access.Entitlements}.
 */
@NullMarked
package health.salus.node.access;

import org.jspecify.annotations.NullMarked;
