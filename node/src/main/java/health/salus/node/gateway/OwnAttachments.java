package health.salus.node.gateway;

import health.salus.node.attachment.AttachmentVerdict;
import health.salus.node.attachment.AttachmentVerdict.Accepted;
import health.salus.node.attachment.AttachmentVerdict.NotScanned;
import health.salus.node.attachment.AttachmentVerdict.Reason;
import health.salus.node.attachment.AttachmentVerdict.Refused;
import health.salus.node.attachment.Attachments;

/** Lets through what may be stored for the attachments in it. Thread-safe. */
final class OwnAttachments {
    private final Attachments attachments;

    OwnAttachments(Attachments attachments) {
        this.attachments = attachments;
    }

    /** @throws FhirProblem where a write brings an attachment that may not be stored */
    void require(Request request) {
        if (request.body().length == 0) {
            return;
        }
        String contentType = request.header("Content-Type").orElse("");
        AttachmentVerdict verdict = request.method().equals("PATCH")
                ? attachments.ofPatch(contentType, request.body())
                : attachments.ofResources(contentType, request.body());
        switch (verdict) {
            case Accepted accepted -> {}
            case Refused(Reason reason, String why) -> throw new FhirProblem(422, issue(reason), why);
            case NotScanned notScanned ->
                throw FhirProblem.unavailable("attachments can't be scanned for malware now, so none is stored");
        }
    }

    private static String issue(Reason reason) {
        return switch (reason) {
            case TYPE -> "not-supported";
            case CONTENT -> "invalid";
            case MALWARE -> "security";
        };
    }
}
