package health.salus.ordering.raft;

import java.util.concurrent.Executor;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallExecutorSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has entries and heartbeats of the leader taken by the thread that read them from the network: Ratis leaves writing them to
 * its own threads, and gRPC's would be one more to wake for each. Anything else may wait for a disk, and goes to those.
 */
final class AppendsAtOnce implements ServerCallExecutorSupplier {
    private static final String APPEND =
            RaftServerProtocolServiceGrpc.getAppendEntriesMethod().getFullMethodName();

    @Override
    public <Q, A> @Nullable Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
        return call.getMethodDescriptor().getFullMethodName().equals(APPEND) ? Runnable::run : null;
    }
}
