/**
 * What a contract is written against: {@link health.salus.ledger.contract.Contract} first, then
 * {@link health.salus.ledger.contract.Call} and {@link health.salus.ledger.contract.WorldState}.
 *
 * <p>A contract is a pure function of (state, call): no clock but {@link health.salus.ledger.contract.Call#time}, no
 * randomness, no floating point, no iteration in an order that the language does not fix, nothing read or written
 * elsewhere. Every node runs it and must get the same result, today and in twenty years.
 *
 * <p>{@link health.salus.ledger.contract.Rules} ties contracts to the engine.
 */
@NullMarked
package health.salus.ledger.contract;

import org.jspecify.annotations.NullMarked;
