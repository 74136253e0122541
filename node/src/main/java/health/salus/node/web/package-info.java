/** What holds for every door: limits on requests, and errors in the form that the door's clients expect. */
@NullMarked
package health.salus.node.web;

import org.jspecify.annotations.NullMarked;
