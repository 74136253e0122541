package health.salus.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** One kind of measurement; yields a row or several. */
interface Measurement {
    /** Name by which the command line selects it. */
    String name();

    /**
     * Measures.
     *
     * @param directory empty, for this measurement alone; the caller removes it
     * @param said takes a line of progress or explanation for people
     */
    List<Row> run(Path directory, Consumer<String> said) throws Exception;
}
