package health.salus.node.attachment;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Attachments in FHIR's XML. What declares a document type is refused: FHIR has none, and entities come with it. */
final class XmlAttachments {
    private static final int MAX_DEPTH = 100;
    private static final XMLInputFactory FACTORY = factory();

    private XmlAttachments() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** Those of a resource, also of resources in it. @throws UnreadableAttachmentException where that can't be said */
    static List<Attachment> of(byte[] xml) {
        AttachmentCollector collector = new AttachmentCollector();
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
            Deque<Map<String, String>> open = new ArrayDeque<>(); // of each element, values of its children
            open.push(new HashMap<>());
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.DTD ->
                        throw new UnreadableAttachmentException("XML with a document type, which FHIR doesn't have");
                    case XMLStreamConstants.START_ELEMENT -> {
                        String value = reader.getAttributeValue(null, "value");
                        open.element().merge(reader.getLocalName(), value == null ? "" : value, XmlAttachments::only);
                        open.push(new HashMap<>());
                        if (open.size() > MAX_DEPTH) {
                            throw new UnreadableAttachmentException("XML with more than " + MAX_DEPTH + " levels");
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> take(open.pop(), collector);
                    default -> {}
                }
            }
        } catch (XMLStreamException e) {
            throw new UnreadableAttachmentException("a body that can't be read as XML");
        }
        return collector.found();
    }

    /** Elements that repeat have other names than those of attachments; of those that don't, none may hide. */
    private static String only(String first, String second) {
        return first + " " + second;
    }

    private static void take(Map<String, String> children, AttachmentCollector collector) {
        if ("PATCH".equals(children.get("method"))) {
            throw new UnreadableAttachmentException("a patch in XML, where attachments can't be seen; send JSON");
        }
        String data = children.get("data");
        if (data != null) {
            collector.take(
                    data, children.get("contentType"), children.containsKey("when") && children.containsKey("who"));
        }
    }
}
