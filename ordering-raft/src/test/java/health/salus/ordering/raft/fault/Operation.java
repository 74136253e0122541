package health.salus.ordering.raft.fault;

import java.util.Optional;

/**
 * One transaction of one client: {@code add} of {@code amount} to a register; of 0 it is a read in its place in the order, of
 * {@value #UNLUCKY} it is rejected. Repeated until it is answered, it is still one operation.
 *
 * @param client each has one operation at a time
 * @param transaction its id in hexadecimal digits
 * @param register number of the register
 * @param invoked when it was first submitted, in nanoseconds
 * @param answered when the last answer came
 */
record Operation(
        int client, String transaction, long register, long amount, long invoked, long answered, Answer answer) {
    /** An amount that the register rejects. */
    static final long UNLUCKY = 13;

    /** What the client knows in the end. */
    sealed interface Answer {
        /**
         * It is in the log.
         *
         * @param value what the register came to by it; empty: it was rejected
         * @param isFinal whether the node said that it was final
         */
        record Committed(long height, long index, Optional<Long> value, Optional<String> rejection, boolean isFinal)
                implements Answer {}

        /** It is not in the log. */
        record Refused(String code) implements Answer {}

        /** It may be in the log. */
        record Open() implements Answer {}
    }

    /** A read of the newest state that is final on one node: what this was at {@code height}. */
    record FinalRead(String node, long register, long height, long value) {}
}
