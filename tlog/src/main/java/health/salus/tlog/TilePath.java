package health.salus.tlog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Path of one tile: {@code tile/<level>/<index>[.p/<width>]} or {@code tile/entries/<index>[.p/<width>]}
 * (c2sp.org/tlog-tiles).
 *
 * @param level 0 to 7 of a hash tile, {@link #ENTRIES} of an entry bundle
 * @param index number of the tile in its level
 * @param width number of hashes or entries, 1 to {@link #FULL}
 */
public record TilePath(int level, long index, int width) {
    /** The level of entry bundles. */
    public static final int ENTRIES = -1;

    /** Hashes or entries in a full tile. */
    public static final int FULL = 256;

    /** A tree of 2<sup>63</sup>−1 leaves has no tile above this level. */
    static final int MAX_LEVEL = 7;

    private static final Pattern PATH =
            Pattern.compile("tile/(entries|[0-7])/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    public TilePath {
        if (level < ENTRIES || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("tile level " + level + ", index " + index + ", width " + width);
        }
    }

    /** A full hash tile. */
    static TilePath full(int level, long index) {
        return new TilePath(level, index, FULL);
    }

    /** Reads a path that {@link #toString} writes; empty for any other text. */
    public static Optional<TilePath> parse(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int level = matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1));
        String digits = matcher.group(2).replace("/", "").replace("x", "");
        long index = digits.length() <= 18 ? Long.parseLong(digits) : -1;
        int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
        if (index < 0 || width > FULL) {
            return Optional.empty();
        }
        TilePath parsed = new TilePath(level, index, width);
        return parsed.toString().equals(path) ? Optional.of(parsed) : Optional.empty(); // one spelling
    }

    /** The directory that a path lies in; empty for the directory of the log. */
    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** Whether all 256 are there, so that the tile never changes again. */
    public boolean isFull() {
        return width == FULL;
    }

    @Override
    public String toString() {
        StringBuilder path = new StringBuilder(32).append("tile/");
        path.append(level == ENTRIES ? "entries" : Integer.toString(level)).append('/');
        appendIndex(path, index, "");
        return isFull() ? path.toString() : path.append(".p/").append(width).toString();
    }

    private static void appendIndex(StringBuilder path, long index, String prefix) {
        if (index >= 1000) {
            appendIndex(path, index / 1000, "x");
            path.append('/');
        }
        int low = (int) (index % 1000);
        path.append(prefix)
                .append((char) ('0' + low / 100))
                .append((char) ('0' + low / 10 % 10))
                .append((char) ('0' + low % 10));
    }
}
