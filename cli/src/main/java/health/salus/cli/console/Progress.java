package health.salus.cli.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says on standard error how far long work is: one line that is rewritten on a terminal, a line every few seconds
 * elsewhere, nothing for work that ends sooner. Thread-safe.
 */
public final class Progress implements AutoCloseable {
    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);

    private final PrintWriter err;
    private final boolean terminal;
    private final String what;
    private final LongSupplier nanoTime;
    private final long began;
    private long nextLine;
    private int shown;

    Progress(PrintWriter err, boolean terminal, String what, LongSupplier nanoTime) {
        this.err = err;
        this.terminal = terminal;
        this.what = what;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.nextLine = began + interval();
    }

    /**
     * Begins work.
     *
     * @param err where to say it
     * @param terminal whether {@code err} is a terminal
     * @param what the work in a few words: {@code "verifying entries"}
     */
    public static Progress begin(PrintWriter err, boolean terminal, String what) {
        return new Progress(err, terminal, what, System::nanoTime);
    }

    /** {@code done} of {@code total} are done; cheap enough to be called for each. */
    public synchronized void at(long done, long total) {
        long now = nanoTime.getAsLong();
        if (now - nextLine < 0) {
            return;
        }
        nextLine = now + interval();
        show(line(done, total, now - began));
    }

    /** Clears the line on a terminal. */
    @Override
    public synchronized void close() {
        if (terminal && shown > 0) {
            err.print("\r" + " ".repeat(shown) + "\r");
            err.flush();
            shown = 0;
        }
    }

    private void show(String line) {
        if (terminal) {
            err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
            shown = line.length();
        } else {
            err.println(line);
        }
        err.flush();
    }

    private String line(long done, long total, long nanos) {
        long percent = total > 0 ? done * 100 / total : 100;
        double perSecond = done * 1e9 / Math.max(1, nanos);
        return String.format(Locale.ROOT, "%s: %,d of %,d (%d %%, %,.0f/s)", what, done, total, percent, perSecond);
    }

    private long interval() {
        return (terminal ? ON_TERMINAL : ELSEWHERE).toNanos();
    }
}
