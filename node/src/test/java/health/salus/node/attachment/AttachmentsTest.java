package health.salus.node.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.node.attachment.AttachmentVerdict.Accepted;
import health.salus.node.attachment.AttachmentVerdict.NotScanned;
import health.salus.node.attachment.AttachmentVerdict.Reason;
import health.salus.node.attachment.AttachmentVerdict.Refused;
import health.salus.node.config.NodeSettings;
import health.salus.node.config.NodeSettings.ScannerAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentsTest {
    private static final String JSON = "application/fhir+json";
    private static final String XML = "application/fhir+xml; charset=UTF-8";
    private static final Set<String> TYPES = Set.of("application/pdf", "image/png", "text/plain");
    private static final String PDF = "%PDF-1.7 and so on";
    private static final Accepted ACCEPTED = new Accepted();

    private ClamdDouble clamd;
    private Attachments attachments;

    @BeforeEach
    void start() throws IOException {
        clamd = ClamdDouble.start();
        attachments =
                Attachments.of(new NodeSettings.Attachments(TYPES, new ScannerAddress("127.0.0.1", clamd.port())));
    }

    @AfterEach
    void stop() throws IOException {
        clamd.close();
    }

    @Test
    void resources_without_attachments_are_not_scanned() {
        assertThat(json("{\"resourceType\":\"Patient\",\"gender\":\"female\"}")).isEqualTo(ACCEPTED);
        assertThat(xml("<Patient xmlns=\"http://hl7.org/fhir\"><gender value=\"female\"/></Patient>"))
                .isEqualTo(ACCEPTED);
        assertThat(json("{\"valueSampledData\":{\"origin\":{\"value\":0},\"period\":1,\"data\":\"1.5 -2 E\"}}"))
                .isEqualTo(ACCEPTED);
        assertThat(clamd.scanned).isEmpty();
    }

    @Test
    void an_attachment_that_is_what_it_says_is_scanned_and_accepted_wherever_it_is() {
        assertThat(json("{\"resourceType\":\"Binary\"," + of("application/pdf", PDF) + "}"))
                .isEqualTo(ACCEPTED);
        assertThat(json("{\"entry\":[{\"resource\":{\"contained\":[{\"photo\":[{" + of("application/pdf", PDF)
                        + "}]}]}}]}"))
                .isEqualTo(ACCEPTED);
        assertThat(xml("<Binary><contentType value=\"application/pdf\"/><data value=\"" + base64(PDF)
                        + "\"/></Binary>"))
                .isEqualTo(ACCEPTED);
        assertThat(clamd.scanned).containsExactly(PDF, PDF, PDF);
    }

    @Test
    void media_types_that_are_not_stored_are_refused() {
        assertRefused(Reason.TYPE, json("{" + of("text/html", "<html>") + "}"));
        assertRefused(Reason.TYPE, json("{" + of("nonsense", "x") + "}"));
        assertRefused(Reason.TYPE, xml(xmlOf("image/svg+xml", "<svg/>")));
        assertThat(json("{" + of("text/plain; charset=utf-8", "x") + "}")).isEqualTo(ACCEPTED);
    }

    @Test
    void content_that_is_not_what_it_says_is_refused() {
        assertRefused(Reason.CONTENT, json("{" + of("image/png", PDF) + "}"));
        assertRefused(Reason.CONTENT, xml(xmlOf("application/pdf", "MZ and so on")));
        assertRefused(Reason.CONTENT, json("{\"contentType\":\"text/plain\",\"data\":\"not-base64_\"}"));
        assertRefused(Reason.CONTENT, json("{\"data\":\"" + base64(PDF) + "\"}"));
        assertRefused(Reason.CONTENT, xml("<a><data value=\"" + base64(PDF) + "\"/></a>"));
        assertThat(clamd.scanned).isEmpty();
    }

    @Test
    void malware_is_refused_also_in_signatures() {
        assertRefused(Reason.MALWARE, json("{" + of("text/plain", "this is malware") + "}"));
        assertRefused(
                Reason.MALWARE,
                json("{\"signature\":{\"when\":\"2026\",\"who\":{},\"data\":\"" + base64("malware") + "\"}}"));
        assertRefused(Reason.MALWARE, xml(xmlOf("text/plain", "this is malware")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INSTREAM size limit exceeded. ERROR", "UNKNOWN COMMAND", "nonsense", " "})
    void what_the_scanner_does_not_answer_for_is_not_stored(String answer) {
        clamd.answer(answer);

        assertThat(json("{" + of("text/plain", "x") + "}")).isEqualTo(new NotScanned());
    }

    @Test
    void nothing_is_stored_while_the_scanner_is_away() throws IOException {
        clamd.close();

        assertThat(json("{" + of("text/plain", "x") + "}")).isEqualTo(new NotScanned());
        assertThat(json("{\"resourceType\":\"Patient\"}")).isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"op\":\"add\",\"path\":\"/photo/0\",\"value\":{\"contentType\":\"text/plain\",\"data\":\"eA==\"}}]",
                "[{\"op\":\"replace\",\"path\":\"/photo/0/data\",\"value\":\"eA==\"}]",
                "[{\"op\":\"replace\",\"path\":\"/photo/0/contentType\",\"value\":\"text/html\"}]",
                "[{\"op\":\"copy\",\"from\":\"/photo/0/data\",\"path\":\"/x\"}]",
                "{\"parameter\":[{\"part\":[{\"name\":\"path\",\"valueString\":\"Patient.photo[0].data\"},{\"name\":\"value\",\"valueString\":\"eA==\"}]}]}",
                "{\"parameter\":[{\"part\":[{\"name\":\"path\",\"valueString\":\"Patient.photo[0].children()[1]\"}]}]}",
                "{\"parameter\":[{\"part\":[{\"name\":\"value\",\"part\":[{\"name\":\"x\",\"valueBase64Binary\":\"eA==\"}]}]}]}",
                "{\"parameter\":[{\"part\":[{\"name\":\"value\",\"valueAttachment\":{\"contentType\":\"text/plain\"}}]}]}",
                "not JSON"
            })
    void patches_do_not_reach_attachments(String patch) {
        assertRefused(Reason.CONTENT, attachments.ofPatch("application/json-patch+json", bytes(patch)));
        String entry = "{\"entry\":[{\"request\":{\"method\":\"PATCH\"},\"resource\":{\"resourceType\":\"Binary\","
                + of("application/json-patch+json", patch) + "}}]}";
        assertRefused(Reason.CONTENT, json(entry));
    }

    @Test
    void other_patches_are_taken_in_json() {
        String patch = "[{\"op\":\"replace\",\"path\":\"/note/0/text\",\"value\":\"no data\"}]";

        assertThat(attachments.ofPatch("application/json-patch+json", bytes(patch)))
                .isEqualTo(ACCEPTED);
        assertThat(json("{\"entry\":[{\"request\":{\"method\":\"PATCH\"},\"resource\":{\"resourceType\":\"Binary\","
                        + of("application/json-patch+json", patch) + "}}]}"))
                .isEqualTo(ACCEPTED);
        assertRefused(Reason.CONTENT, attachments.ofPatch("application/xml-patch+xml", bytes("<diff/>")));
        assertRefused(Reason.CONTENT, xml("<entry><request><method value=\"PATCH\"/></request></entry>"));
    }

    @Test
    void xml_with_entities_is_refused() {
        assertRefused(
                Reason.CONTENT,
                xml(
                        "<!DOCTYPE Patient [<!ENTITY file SYSTEM \"file:///etc/hostname\">]><Patient><id value=\"&file;\"/></Patient>"));
        assertRefused(Reason.CONTENT, xml("<!DOCTYPE Patient><Patient/>"));
        assertRefused(Reason.CONTENT, xml("<a>".repeat(200)));
    }

    @ParameterizedTest(name = "{0} as {1}: {2}")
    @CsvSource({
        "a patient's note, text/plain, true",
        "Subject: a note, text/plain, true",
        "<html><body>, text/plain, false",
        "<?xml version=\"1.0\"?><a/>, text/xml, true",
        "<?xml version=\"1.0\"?><a/>, application/hl7-cda+xml, true",
        "{\"a\":1}, application/json, true",
        "MSH|^~\\&|A, x-application/hl7-v2+er7, true",
        "%PDF-1.7, application/pdf, true",
        "%PDF-1.7, text/plain, false",
        "GIF89a, image/gif, true",
        "GIF89a, image/png, false",
        "PK\u0003\u0004, application/pdf, false",
        "MZ, application/dicom, false",
        "gr\u00fc\u00dfe, text/plain, true"
    })
    void content_is_compared_with_its_media_type(String content, String type, boolean matches) {
        assertThat(ContentTypes.isOf(type, content.getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(matches);
    }

    private static void assertRefused(Reason reason, AttachmentVerdict verdict) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private AttachmentVerdict json(String body) {
        return attachments.ofResources(JSON, bytes(body));
    }

    private AttachmentVerdict xml(String body) {
        return attachments.ofResources(XML, bytes(body));
    }

    private static String of(String type, String content) {
        return "\"contentType\":\"" + type + "\",\"data\":\"" + base64(content) + "\"";
    }

    private static String xmlOf(String type, String content) {
        return "<a><contentType value=\"" + type + "\"/><data value=\"" + base64(content) + "\"/></a>";
    }

    private static String base64(String content) {
        return Base64.getEncoder().encodeToString(bytes(content));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
