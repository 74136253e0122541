package health.salus.ordering.raft;

import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.util.Set;

/**
 * Which serialized Java objects Ratis has to be able to read: other nodes send it their exceptions as such. It reads them
 * by the filter of the whole process, so whoever runs a {@link RaftOrdering} sets one, see {@link
 * ObjectInputFilter.Config#setSerialFilter}.
 */
public final class RaftObjects {
    private static final ObjectInputFilter PARTS = ObjectInputFilter.Config.createFilter(
            "java.lang.StackTraceElement;java.lang.Object;java.lang.String;java.lang.Number;java.lang.Long"
                    + ";java.lang.Enum;org.apache.ratis.proto.RaftProtos$ReplicationLevel"
                    + ";java.util.ArrayList;java.util.CollSer;java.util.ImmutableCollections*"
                    + ";java.util.Collections$EmptyList;java.util.Collections$UnmodifiableCollection");
    private static final Set<String> THROWN_BY_RATIS =
            Set.of("org.apache.ratis.protocol.exceptions", "org.apache.ratis.server.raftlog", "org.apache.ratis.io");

    private RaftObjects() {}

    /**
     * Allows exceptions of the JDK's base module and of Ratis, and what they consist of; says nothing about other classes
     * and sets no limits.
     */
    public static ObjectInputFilter filter() {
        return ObjectInputFilter.merge(ObjectInputFilter.allowFilter(RaftObjects::isThrown, Status.UNDECIDED), PARTS);
    }

    private static boolean isThrown(Class<?> type) {
        return Throwable.class.isAssignableFrom(type)
                && (type.getModule() == Object.class.getModule() || THROWN_BY_RATIS.contains(type.getPackageName()));
    }
}
