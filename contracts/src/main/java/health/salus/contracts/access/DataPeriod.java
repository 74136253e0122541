package health.salus.contracts.access;

import java.time.LocalDate;

/**
 * From when the data are, like FHIR {@code Consent.provision.dataPeriod}.
 *
 * @param first first day
 * @param last last day, included
 */
public record DataPeriod(LocalDate first, LocalDate last) {
    public DataPeriod {
        if (last.isBefore(first) || first.getYear() < 1800 || last.getYear() > 9999) {
            throw new IllegalArgumentException("data period (expected: first <= last, in the years 1800 to 9999)");
        }
    }

    boolean contains(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }
}
