/** Records and requests in plain words, as pages show them to patients and to those who ask. */
@NullMarked
package health.salus.node.presentation;

import org.jspecify.annotations.NullMarked;
