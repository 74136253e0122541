package health.salus.cli.demo;

/** What a step of the demo promises did not hold. */
final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param found what was found instead, in one line */
    StepFailedException(String found) {
        super(found);
    }

    /** As {@link #StepFailedException(String)}, with what led to it. */
    StepFailedException(String found, Throwable cause) {
        super(found, cause);
    }

    /** Throws unless {@code holds}. */
    static void unless(boolean holds, String found) {
        if (!holds) {
            throw new StepFailedException(found);
        }
    }
}
