package health.salus.ordering.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.ReplicationLevel;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.AlreadyClosedException;
import org.apache.ratis.protocol.exceptions.ChecksumException;
import org.apache.ratis.protocol.exceptions.GroupMismatchException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.protocol.exceptions.NotReplicatedException;
import org.apache.ratis.protocol.exceptions.ServerNotReadyException;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.protocol.exceptions.TimeoutIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RaftObjectsTest {
    /** Has this process read what a process of Raft needs, and nothing else. */
    static synchronized void readNothingElse() {
        if (ObjectInputFilter.Config.getSerialFilter() == null) {
            ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.rejectUndecidedClass(RaftObjects.filter()));
        }
    }

    static Stream<Throwable> sent_by_ratis() {
        RaftGroupMemberId member =
                RaftGroupMemberId.valueOf(RaftPeerId.valueOf("org-a"), RaftGroupId.valueOf(new UUID(1, 2)));
        Exception withSuppressed = new IllegalStateException("outer");
        withSuppressed.addSuppressed(new IOException("inner"));
        return Stream.of(
                new NotLeaderException(member, null, List.of()),
                new StateMachineException("failed", new CompletionException(new IOException("disk full"))),
                new ServerNotReadyException("starting"),
                new GroupMismatchException("another network"),
                new AlreadyClosedException("closed", withSuppressed),
                new LeaderSteppingDownException("stepping down"),
                new NotReplicatedException(1, ReplicationLevel.MAJORITY, 7),
                new TimeoutIOException("late"),
                new ChecksumException("torn", 3),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("sent_by_ratis")
    void what_other_nodes_throw_can_be_read(Throwable thrown) throws Exception {
        Throwable read = (Throwable) sentAndRead(thrown);

        assertThat(read).hasSameClassAs(thrown).hasMessage(thrown.getMessage());
        assertThat(read.getStackTrace()).isEqualTo(thrown.getStackTrace());
        assertThat((StackTraceElement[]) sentAndRead(thrown.getStackTrace())).isEqualTo(thrown.getStackTrace());
    }

    static Stream<Serializable> foreign() {
        return Stream.of(
                new ForeignException(),
                new IllegalStateException(new ForeignException()),
                new HashMap<>(Map.of("a", "b")),
                Locale.ROOT,
                Instant.EPOCH,
                RaftObjectsTest.class);
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void anything_else_is_refused(Serializable object) {
        assertThatThrownBy(() -> sentAndRead(object))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("REJECTED");
    }

    @Test
    void a_thrown_class_of_another_module_is_refused() {
        assertThatThrownBy(() -> sentAndRead(new java.sql.SQLException("not of the base module")))
                .isInstanceOf(InvalidClassException.class);
    }

    private static final class ForeignException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Object sentAndRead(Object object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            in.setObjectInputFilter(ObjectInputFilter.rejectUndecidedClass(RaftObjects.filter()));
            return in.readObject();
        }
    }
}
