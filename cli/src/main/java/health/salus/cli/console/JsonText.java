package health.salus.cli.console;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

/** JSON for people to read: one member or element a line, indented by two spaces. */
public final class JsonText {
    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    /** The text, without a newline at the end. */
    public static String of(Json json) {
        JsonText writer = new JsonText();
        writer.write(json, "\n");
        return writer.text.toString();
    }

    private void write(Json json, String newline) {
        switch (json) {
            case JsonObject object when !object.members().isEmpty() -> members(object, newline + "  ", newline);
            case JsonArray array when !array.elements().isEmpty() -> elements(array, newline + "  ", newline);
            case JsonObject empty -> text.append("{}");
            case JsonArray empty -> text.append("[]");
            case JsonString string -> scalar(string);
            case JsonInteger integer -> scalar(integer);
            case JsonBoolean bool -> scalar(bool);
        }
    }

    private void members(JsonObject object, String inner, String outer) {
        text.append('{');
        Iterator<Map.Entry<String, Json>> members = object.members().entrySet().iterator();
        while (members.hasNext()) {
            Map.Entry<String, Json> member = members.next();
            text.append(inner);
            scalar(new JsonString(member.getKey()));
            text.append(": ");
            write(member.getValue(), inner);
            text.append(members.hasNext() ? "," : "");
        }
        text.append(outer).append('}');
    }

    private void elements(JsonArray array, String inner, String outer) {
        text.append('[');
        Iterator<Json> elements = array.elements().iterator();
        while (elements.hasNext()) {
            text.append(inner);
            write(elements.next(), inner);
            text.append(elements.hasNext() ? "," : "");
        }
        text.append(outer).append(']');
    }

    private void scalar(Json json) {
        text.append(new String(json.canonical(), StandardCharsets.UTF_8));
    }
}
