package health.salus.node.gateway;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for what happens in the background. */
public final class Eventually {
    private Eventually() {}

    /** What {@code look} finds, which has 30 seconds to find something. */
    public static <T> T found(Supplier<@Nullable T> look) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            T found = look.get();
            if (found != null) {
                return found;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("it did not happen within 30 seconds");
    }
}
