package health.salus.node.pages;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Writes times for pages, in the reader's language and the node's time zone, which is named: {@code @times} in templates. */
@Component
public final class Times {
    /** Day, time to the minute, and time zone. */
    public String at(Instant time) {
        Locale chosen = LocaleContextHolder.getLocale();
        Locale language = chosen.equals(Locale.ENGLISH) ? Locale.UK : chosen; // day before month, and 24 hours
        var zoned = time.atZone(ZoneId.systemDefault());
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(language)
                        .format(zoned)
                + " "
                + DateTimeFormatter.ofPattern("z", language).format(zoned);
    }
}
