/**
 * What may be stored as an attachment or Binary: media types that were agreed on, content that is what its type says, and
 * nothing that a malware scanner knows. Start reading at {@link health.salus.node.attachment.Attachments}.
 */
@NullMarked
package health.salus.node.attachment;

import org.jspecify.annotations.NullMarked;
