package health.salus.identity;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.jspecify.annotations.Nullable;

/**
 * The certificate extension in which Hyperledger Fabric CA puts attributes: the JSON
 * <code>{"attrs":{"clinician":"true"}}</code> as the octets of the extension, never critical. An attribute here is a
 * code whose value is {@code "true"}; attributes with other values, such as Fabric's own, are passed over.
 */
final class AttributeExtension {
    static final String OID = "1.2.3.4.5.6.7.8.1";

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Json HELD = new JsonString("true");

    private AttributeExtension() {}

    /** @throws IllegalArgumentException for a code that is not 1 to 32 of a-z 0-9 -, starting with a letter */
    static void requireCode(String attribute) {
        if (!CODE.matcher(attribute).matches()) {
            throw new IllegalArgumentException("attribute of " + attribute.length()
                    + " characters (expected: 1 to 32 of a-z 0-9 -, a letter first)");
        }
    }

    static Extension of(SortedSet<String> attributes) {
        Json.Builder held = JsonObject.builder();
        attributes.forEach(attribute -> held.put(attribute, HELD));
        byte[] json = JsonObject.builder().put("attrs", held.build()).build().canonical();
        return new Extension(new ASN1ObjectIdentifier(OID), false, json);
    }

    /** @throws IllegalArgumentException for a value of another shape */
    static SortedSet<String> read(byte @Nullable [] value) {
        SortedSet<String> attributes = new TreeSet<>();
        if (value != null) {
            try {
                JsonObject json =
                        JsonReader.object(ASN1OctetString.getInstance(value).getOctets());
                if (!(json.members().get("attrs") instanceof JsonObject attrs)) {
                    throw new IllegalArgumentException("attribute extension without \"attrs\"");
                }
                attrs.members().forEach((name, held) -> {
                    if (held.equals(HELD) && CODE.matcher(name).matches()) {
                        attributes.add(name);
                    }
                });
            } catch (JsonException | IllegalStateException e) { // the latter from damaged ASN.1
                throw new IllegalArgumentException("attribute extension that is not canonical JSON", e);
            }
        }
        return Collections.unmodifiableSortedSet(attributes);
    }
}
