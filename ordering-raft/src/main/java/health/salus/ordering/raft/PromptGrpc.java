package health.salus.ordering.raft;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.grpc.server.GrpcLogAppender;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.raftlog.RaftLogIOException;

/**
 * Ratis' gRPC, whose leader tells followers at once what is committed. It would else tell them with the next entry, or
 * with the next heartbeat where there is none, and a follower's own batch would take that long to come back to it.
 *
 * <p>Ratis makes it by its class's name.
 */
final class PromptGrpc implements RpcType {
    private static final String PARAMETER = "salus.followers";

    @Override
    public String name() {
        return PromptGrpc.class.getName();
    }

    @Override
    public GrpcFactory newFactory(Parameters parameters) {
        Followers followers = parameters.getNonNull(PARAMETER, Followers.class);
        return new GrpcFactory(parameters) {
            @Override
            public LogAppender newLogAppender(RaftServer.Division server, LeaderState state, FollowerInfo follower) {
                return followers.remember(new PromptAppender(server, state, follower));
            }
        };
    }

    /** Sends a heartbeat when the follower can deliver more than it was told. */
    private static final class PromptAppender extends GrpcLogAppender {
        private volatile long told =
                RaftLog.INVALID_LOG_INDEX; // index of the last entry, committed and with the follower

        PromptAppender(RaftServer.Division server, LeaderState state, FollowerInfo follower) {
            super(server, state, follower);
        }

        private long deliverable() {
            return Math.min(getRaftLog().getLastCommittedIndex(), getFollower().getMatchIndex());
        }

        @Override
        public long getHeartbeatWaitTimeMs() {
            return deliverable() > told && !hasAppendEntries() ? 0 : super.getHeartbeatWaitTimeMs();
        }

        @Override
        public AppendEntriesRequestProto newAppendEntriesRequest(long callId, boolean heartbeat)
                throws RaftLogIOException {
            long deliverable = deliverable();
            AppendEntriesRequestProto request = super.newAppendEntriesRequest(callId, heartbeat);
            if (request != null) {
                told = deliverable;
            }
            return request;
        }
    }

    /** What sends entries to each follower while this node leads. Thread-safe. */
    static final class Followers {
        private final Map<RaftPeerId, LogAppender> appenders = new ConcurrentHashMap<>();

        void put(Parameters parameters) {
            parameters.put(PARAMETER, this, Followers.class);
        }

        private LogAppender remember(LogAppender appender) {
            appenders.put(appender.getFollowerId(), appender);
            return appender;
        }

        /** Something was committed. */
        void tell() {
            appenders.values().forEach(LogAppender::notifyLogAppender);
        }
    }
}
