package health.salus.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Does what is to be measured until the just-in-time compiler has nearly done its work. */
final class WarmUp {
    /** Part of a core's time that the compiler may still take. */
    static final double COMPILING = 0.01;

    private static final Duration AT_MOST = Duration.ofMinutes(3);

    private WarmUp() {}

    /** One round of what is to be measured, some seconds long. */
    @FunctionalInterface
    interface Round {
        void run() throws Exception;
    }

    /** Runs rounds until the machine is warm, or for three minutes; tells which. */
    static void run(Consumer<String> said, Round round) throws Exception {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        run(said, compiler::getTotalCompilationTime, COMPILING, AT_MOST, round);
    }

    /**
     * Runs rounds until the machine is warm.
     *
     * @param compiling answers for how many milliseconds the compiler has worked so far
     * @param still part of a core's time that compilers may still take
     * @param atMost when to stop even if it isn't
     */
    static void run(Consumer<String> said, Callable<Long> compiling, double still, Duration atMost, Round round)
            throws Exception {
        long start = System.nanoTime();
        long compiled = compiling.call();
        double share;
        do {
            long began = System.nanoTime();
            long before = compiled;
            round.run();
            compiled = compiling.call();
            share = (compiled - before) * 1e6 / (System.nanoTime() - began);
        } while (share > still && System.nanoTime() - start < atMost.toNanos());
        said.accept("warmed up for %d s; the compiler still takes %.0f %% of a core"
                .formatted(Duration.ofNanos(System.nanoTime() - start).toSeconds(), 100 * share));
    }
}
