package health.salus.ordering.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.Serializable;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.AlreadyClosedException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.RaftException;
import org.apache.ratis.protocol.exceptions.ServerNotReadyException;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.protocol.exceptions.TimeoutIOException;
import org.apache.ratis.util.IOUtils;
import org.apache.ratis.util.ProtoUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** By the readers of Ratis itself, in this process. */
class ExceptionFilterTest {
    @BeforeAll
    static void as_a_node_does() {
        ExceptionFilter.install();
    }

    static List<Throwable> exceptions() {
        RaftException chain = new RaftException("no", new IOException("disk", new IllegalStateException("full")));
        chain.addSuppressed(new TimeoutException("late"));
        return List.of(
                chain,
                new StateMachineException(
                        RaftGroupMemberId.valueOf(RaftPeerId.valueOf("a"), RaftGroupId.emptyGroupId()),
                        new IllegalArgumentException("not a batch")),
                new AlreadyClosedException("closed"),
                new LeaderSteppingDownException("down"),
                new ServerNotReadyException("starting"),
                new TimeoutIOException("late"),
                new Error("any"));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void exceptions_that_nodes_send_each_other_get_through(Throwable sent) {
        Throwable received = IOUtils.bytes2Object(IOUtils.object2Bytes(sent), Throwable.class);

        assertThat(received).isExactlyInstanceOf(sent.getClass()).hasMessage(sent.getMessage());
        assertThat(received.getStackTrace()).isEqualTo(sent.getStackTrace());
        assertThat(received.getSuppressed()).hasSameSizeAs(sent.getSuppressed());
    }

    @Test
    void the_trace_and_the_cause_that_are_sent_apart_get_through() {
        StateMachineException sent = new StateMachineException("no", new IOException("disk"));

        StateMachineException received =
                ProtoUtils.toThrowable(ProtoUtils.toThrowableProto(sent), StateMachineException.class);

        assertThat(received).hasMessage("no").hasCauseExactlyInstanceOf(IOException.class);
        assertThat(received.getStackTrace()).isEqualTo(sent.getStackTrace());
    }

    static List<Serializable> others() throws Exception {
        return List.of(
                new HashMap<>(Map.of("a", "b")),
                new TreeMap<>(Map.of("a", "b")),
                URI.create("https://example.org").toURL(),
                new Object[] {new HashMap<>()},
                new int[100_000],
                new Laden(new HashMap<>(Map.of("a", "b"))));
    }

    @ParameterizedTest
    @MethodSource("others")
    void nothing_else_is_read_not_even_within_an_exception(Serializable sent) {
        byte[] bytes = IOUtils.object2Bytes(sent);

        assertThatThrownBy(() -> IOUtils.bytes2Object(bytes, Object.class))
                .hasCauseInstanceOf(InvalidClassException.class)
                .hasStackTraceContaining("REJECTED");
    }

    @Test
    void an_exception_of_another_library_is_not_read() {
        byte[] bytes = IOUtils.object2Bytes(new org.opentest4j.AssertionFailedError("no"));

        assertThatThrownBy(() -> IOUtils.bytes2Object(bytes, Throwable.class))
                .hasCauseInstanceOf(InvalidClassException.class);
    }

    @Test
    void it_is_the_process_that_has_it() {
        assertThat(java.io.ObjectInputFilter.Config.getSerialFilter()).isInstanceOf(ExceptionFilter.class);
        ExceptionFilter.install(); // again, as the second node of a process does
    }

    /** Carries something. */
    private static final class Laden extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Serializable load;

        private Laden(Serializable load) {
            this.load = load;
        }

        @Override
        public String getMessage() {
            return "with " + load;
        }
    }
}
