package health.salus.node.attachment;

import java.util.Optional;

/**
 * Bytes in a FHIR resource that programs other than FHIR's open.
 *
 * @param mediaType as the resource says, parameters included; empty in a Signature, whose format is FHIR's
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Attachment(Optional<String> mediaType, byte[] content) {}
