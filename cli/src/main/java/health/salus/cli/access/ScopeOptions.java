package health.salus.cli.access;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.option.CodeConverter;
import health.salus.contracts.access.DataPeriod;
import health.salus.contracts.access.Interaction;
import health.salus.contracts.access.PurposeOfUse;
import health.salus.contracts.access.Scope;
import health.salus.contracts.access.Terms;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Mix-in of commands that make the terms of a grant: what for, and how much of the record. */
final class ScopeOptions {
    private static final LocalDate EARLIEST = LocalDate.of(1800, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

    @Option(
            names = "--type",
            required = true,
            paramLabel = "TYPE[=CATEGORY,...]",
            description = "Resource type that may go out, restricted to these categories if any are named; '*' for all "
                    + "other types. Repeatable.")
    private List<String> types = List.of();

    @Option(
            names = "--label",
            split = ",",
            paramLabel = "CODE",
            description =
                    "Security label that may go out beside the ordinary ones (U, L, M, N), such as R. Repeatable.")
    private List<String> labels = List.of();

    @Option(
            names = "--interaction",
            split = ",",
            converter = Interactions.class,
            completionCandidates = Interactions.class,
            paramLabel = "NAME",
            description = "Way of reading: ${COMPLETION-CANDIDATES}. Default: all. Repeatable.")
    private List<Interaction> interactions = List.of();

    @Option(
            names = "--purpose",
            required = true,
            paramLabel = "CODE",
            description = "Purpose of use (HL7 v3): ${COMPLETION-CANDIDATES}.")
    private @Nullable PurposeOfUse purpose;

    @Option(
            names = "--data-from",
            paramLabel = "DATE",
            description = "First day of the data that may go out, such as 2024-01-01.")
    private @Nullable LocalDate dataFrom;

    @Option(names = "--data-until", paramLabel = "DATE", description = "Last day of the data that may go out.")
    private @Nullable LocalDate dataUntil;

    /** Terms with a fresh salt. @throws CommandException if the options do not make a scope */
    Terms terms() {
        try {
            Scope scope = new Scope(restrictions(), new TreeSet<>(labels), interactions(), dataPeriod());
            return Terms.of(Objects.requireNonNull(purpose), scope, new SecureRandom());
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private SortedMap<String, SortedSet<String>> restrictions() {
        SortedMap<String, SortedSet<String>> restrictions = new TreeMap<>();
        for (String type : types) {
            String[] parts = type.split("=", 2);
            SortedSet<String> categories = new TreeSet<>();
            if (parts.length == 2) {
                categories.addAll(List.of(parts[1].split(",", -1)));
            }
            if (restrictions.put(parts[0], categories) != null) {
                throw new CommandException(ExitCode.USAGE, "--type " + parts[0] + " is there twice (expected: once)");
            }
        }
        return restrictions;
    }

    private Set<Interaction> interactions() {
        return interactions.isEmpty() ? EnumSet.allOf(Interaction.class) : EnumSet.copyOf(interactions);
    }

    private Optional<DataPeriod> dataPeriod() {
        return dataFrom == null && dataUntil == null
                ? Optional.empty()
                : Optional.of(new DataPeriod(
                        Optional.ofNullable(dataFrom).orElse(EARLIEST),
                        Optional.ofNullable(dataUntil).orElse(LATEST)));
    }

    static final class Interactions extends CodeConverter<Interaction> {
        Interactions() {
            super(Interaction.class);
        }
    }
}
