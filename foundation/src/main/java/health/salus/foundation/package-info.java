/**
 * What every other module stands on: digests ({@link health.salus.foundation.Sha256}), canonical JSON
 * ({@link health.salus.foundation.Json}) and the choice of the cryptographic provider
 * ({@link health.salus.foundation.CryptoProvider}).
 */
@NullMarked
package health.salus.foundation;

import org.jspecify.annotations.NullMarked;
