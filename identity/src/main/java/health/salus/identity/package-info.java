/** Who signs: organization CAs, certificates, key stores, and compact JWS. */
@NullMarked
package health.salus.identity;

import org.jspecify.annotations.NullMarked;
