package health.salus.ordering.raft;

import java.io.ObjectInputFilter;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Java objects may be read in this process: exceptions of the Java platform's base module, of Ratis and of Salus, with
 * their stack traces, of bounded size. Ratis reads them from what other members' nodes send, and nothing else here reads Java
 * objects at all; a member could else send any class that lies on the class path.
 */
final class ExceptionFilter implements ObjectInputFilter {
    private static final Logger LOGGER = LoggerFactory.getLogger(ExceptionFilter.class);

    private static final int MAX_DEPTH = 64; // an exception and its cause are two steps
    private static final int MAX_ARRAY = 4_096; // frames of a stack trace
    private static final int MAX_OBJECTS = 65_536;
    private static final int MAX_BYTES = 1 << 20;

    /** What {@link Throwable} keeps its frames and suppressed exceptions in. */
    private static final Set<String> PARTS = Set.of(
            "java.lang.StackTraceElement",
            "java.lang.Object", // as the type of arrays within lists
            "java.util.ArrayList",
            "java.util.CollSer",
            "java.util.Collections$EmptyList",
            "java.util.Collections$UnmodifiableCollection",
            "java.util.Collections$UnmodifiableList",
            "java.util.Collections$UnmodifiableRandomAccessList");

    /** Makes it the process's filter, unless whoever started the process has chosen one ({@code jdk.serialFilter}). */
    static void install() {
        if (Config.getSerialFilter() == null) {
            try {
                Config.setSerialFilter(new ExceptionFilter());
                return;
            } catch (IllegalStateException e) { // set by another thread just now
                LOGGER.atDebug().setCause(e).log("a serial filter is there already");
            }
        }
        if (!(Config.getSerialFilter() instanceof ExceptionFilter)) {
            LOGGER.atInfo().log("the process's own serial filter is kept; Ratis reads other nodes' exceptions by it");
        }
    }

    @Override
    public Status checkInput(FilterInfo info) {
        if (info.depth() > MAX_DEPTH
                || info.references() > MAX_OBJECTS
                || info.streamBytes() > MAX_BYTES
                || info.arrayLength() > MAX_ARRAY) {
            return Status.REJECTED;
        }
        Class<?> type = info.serialClass();
        if (type == null) {
            return Status.UNDECIDED; // sizes only
        }
        Class<?> element = type.isArray() ? type.componentType() : type;
        return PARTS.contains(element.getName()) || isKnownException(element) ? Status.ALLOWED : Status.REJECTED;
    }

    private static boolean isKnownException(Class<?> type) {
        return Throwable.class.isAssignableFrom(type)
                && (type.getModule().equals(Object.class.getModule())
                        || type.getName().startsWith("org.apache.ratis.")
                        || type.getName().startsWith("health.salus."));
    }
}
