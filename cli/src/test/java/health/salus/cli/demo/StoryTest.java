package health.salus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryTest {
    private final List<String> told = new ArrayList<>();
    private final Story story = new Story(told::add, "✓", "✗");

    @Test
    void a_step_tells_its_calls_and_what_holds() {
        story.step("A door opens", "Because it can.", () -> {
            story.tell(new Exchange("GET", "/door", "200"));
            return "open";
        });

        assertThat(told)
                .containsExactly(
                        "", " 1. A door opens", "     Because it can.", "     > GET /door -> 200", "   ✓ open");
        assertThat(story.steps().getFirst().held()).isTrue();
    }

    @Test
    void a_step_that_does_not_hold_is_named() {
        assertThatThrownBy(() -> story.step("A door opens", "", () -> {
                    throw new StepFailedException("it is locked");
                }))
                .hasMessage("step 1 (A door opens) did not hold: it is locked");
        assertThat(told).last().isEqualTo("   ✗ it is locked");
        assertThat(story.steps().getFirst().held()).isFalse();
    }

    @Test
    void a_step_that_breaks_did_not_hold_either() {
        assertThatThrownBy(() -> story.step("A door opens", "", () -> {
                    throw new IllegalStateException("no door");
                }))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("no door");
    }

    @Test
    void every_step_has_its_own_calls() {
        story.step("One", "", () -> {
            story.tell(new Exchange("GET", "/one", "200"));
            return "";
        });
        story.step("Two", "", () -> "");

        assertThat(story.steps()).extracting(step -> step.exchanges().size()).containsExactly(1, 0);
    }
}
