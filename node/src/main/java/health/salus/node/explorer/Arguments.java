package health.salus.node.explorer;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.ledger.transaction.TransactionBody;
import java.util.ArrayList;
import java.util.List;

/** What a transaction asks for, one row for each value; those within others have both names. */
final class Arguments {
    private Arguments() {}

    /** A name and what it stands for. */
    record Row(String name, String value) {}

    static List<Row> of(TransactionBody body) {
        List<Row> rows = new ArrayList<>();
        add("", body.arguments(), rows);
        return rows;
    }

    private static void add(String name, Json value, List<Row> rows) {
        switch (value) {
            case JsonObject(var members) ->
                members.forEach((member, within) -> add(name.isEmpty() ? member : name + "." + member, within, rows));
            case JsonArray(var elements) -> elements.forEach(element -> add(name, element, rows));
            case JsonString(String text) -> rows.add(new Row(name, text));
            case JsonInteger(long number) -> rows.add(new Row(name, Long.toString(number)));
            case JsonBoolean(boolean truth) -> rows.add(new Row(name, Boolean.toString(truth)));
        }
    }
}
