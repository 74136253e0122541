package health.salus.tlog;

/** Receives the entries of a log one after the other. */
@FunctionalInterface
public interface EntryVisitor {
    /**
     * Receives one entry, already verified against the log's root. An exception ends the scan.
     *
     * @param entry a copy that the visitor may keep
     */
    void visit(long index, byte[] entry);
}
