package health.salus.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells the demo step by step while it happens, and keeps what happened. After a step that didn't hold no other is begun.
 * Not thread-safe.
 */
final class Story {
    private static final String INDENT = "     ";

    private final Consumer<String> out;
    private final String held;
    private final String failed;
    private final List<Step> steps = new ArrayList<>();
    private final List<Exchange> exchanges = new ArrayList<>();

    /**
     * @param out takes each line as it is told
     * @param held marks a result that holds
     * @param failed marks one that doesn't
     */
    Story(Consumer<String> out, String held, String failed) {
        this.out = out;
        this.held = held;
        this.failed = failed;
    }

    /** Says what is about to be told. */
    void begin(String line) {
        out.accept(line);
    }

    /** Something that a step does. */
    @FunctionalInterface
    interface Act {
        /** Does it. @return what holds now, in one line; @throws StepFailedException where it doesn't */
        String play() throws Exception;
    }

    /** Tells one step. @throws StepFailedException where it didn't hold, after telling so */
    void step(String title, String why, Act act) {
        exchanges.clear();
        int number = steps.size() + 1;
        out.accept("");
        out.accept("%2d. %s".formatted(number, title));
        why.lines().forEach(this::say);
        try {
            end(new Step(number, title, exchanges, true, act.play()));
        } catch (Exception e) { // whatever went wrong, it is this step that didn't hold
            String found = e instanceof StepFailedException ? String.valueOf(e.getMessage()) : e.toString();
            end(new Step(number, title, exchanges, false, found));
            throw new StepFailedException("step " + number + " (" + title + ") did not hold: " + found, e);
        }
    }

    private void end(Step step) {
        steps.add(step);
        out.accept("   " + (step.held() ? held : failed) + " " + step.result());
    }

    /** Tells something beside. */
    void say(String line) {
        out.accept(INDENT + line);
    }

    /** Tells of an HTTP call. */
    void tell(Exchange exchange) {
        exchanges.add(exchange);
        say("> " + exchange);
    }

    /** The steps so far. */
    List<Step> steps() {
        return List.copyOf(steps);
    }
}
