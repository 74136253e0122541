package health.salus.ordering.raft;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupListRequest;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/** Sends any bytes to a node, as somebody might who has a Raft client. */
final class RawClient implements AutoCloseable {
    private final ClientId id = ClientId.randomId();
    private final TestNode node;
    private final RaftClientRpc rpc;

    RawClient(TestNode node, Optional<RaftTls> tls) {
        this.node = node;
        RaftOrdering.Settings settings =
                new RaftOrdering.Settings(Path.of("unused"), "test-network", node.peer, "127.0.0.1", 0, List.of(), tls);
        Parameters parameters = RaftConfig.parameters(settings);
        this.rpc = new GrpcFactory(parameters).newRaftClientRpc(id, RaftConfig.properties(settings));
        rpc.addRaftPeers(List.of(RaftConfig.peer(node.peer, 0)));
    }

    RaftClientReply send(byte[] bytes) throws ExecutionException, InterruptedException, TimeoutException {
        return rpc.sendRequestAsyncUnordered(RaftClientRequest.newBuilder()
                        .setClientId(id)
                        .setLeaderId(RaftPeerId.valueOf(node.peer.id()))
                        .setGroupId(RaftConfig.groupId("test-network"))
                        .setCallId(CallId.getAndIncrement())
                        .setMessage(Message.valueOf(ByteString.copyFrom(bytes)))
                        .setType(RaftClientRequest.writeRequestType())
                        .build())
                .get(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
    }

    RaftClientReply administer() throws IOException {
        return rpc.sendRequest(new GroupListRequest(
                id, RaftPeerId.valueOf(node.peer.id()), RaftConfig.groupId("test-network"), CallId.getAndIncrement()));
    }

    @Override
    public void close() throws IOException {
        rpc.close();
    }
}
