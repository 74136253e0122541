/**
 * Who belongs to the network: organizations, their certificates, and the contract versions in force. Start with
 * {@link health.salus.contracts.network.NetworkContract} for the rules and
 * {@link health.salus.contracts.network.Members} to read the state.
 */
@NullMarked
package health.salus.contracts.network;

import org.jspecify.annotations.NullMarked;
