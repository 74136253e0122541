package health.salus.cli;

import java.util.List;

/**
 * Adds commands to {@code salus} from another module, by way of {@link java.util.ServiceLoader}. Implementations are
 * cheap to construct: every start of {@code salus} does it.
 */
public interface CommandProvider {
    /**
     * New instances of classes annotated as picocli commands, with a name, a description and, as their footer, an
     * example. They end with the numbers of {@link health.salus.cli.console.ExitCode}.
     */
    List<Object> commands();
}
