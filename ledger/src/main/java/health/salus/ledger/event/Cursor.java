package health.salus.ledger.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point between two events of the ledger: the next one is the first at or after it. Valid forever.
 *
 * @param height of the block of the next event
 * @param offset how many events of that block come before it
 */
public record Cursor(long height, int offset) implements Comparable<Cursor> {
    /** Before the first event. */
    public static final Cursor START = new Cursor(0, 0);

    private static final Pattern TEXT = Pattern.compile("(0|[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,8})");

    public Cursor {
        if (height < 0 || offset < 0) {
            throw new IllegalArgumentException("cursor " + height + "." + offset + " (expected: none negative)");
        }
    }

    /** Reads {@link #toString}. @throws IllegalArgumentException for anything else */
    public static Cursor parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("cursor (expected: height.offset)");
        }
        return new Cursor(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public int compareTo(Cursor other) {
        int byHeight = Long.compare(height, other.height);
        return byHeight != 0 ? byHeight : Integer.compare(offset, other.offset);
    }

    /** {@code height.offset} */
    @Override
    public String toString() {
        return height + "." + offset;
    }
}
