/**
 * Mails that tell patients that something happened, and never what: start at {@link health.salus.node.notice.Mails}.
 */
@NullMarked
package health.salus.node.notice;

import org.jspecify.annotations.NullMarked;
