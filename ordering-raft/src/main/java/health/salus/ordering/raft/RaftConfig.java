package health.salus.ordering.raft;

import health.salus.foundation.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Our settings in Ratis' terms. */
final class RaftConfig {
    private static final SizeInBytes ENTRY = SizeInBytes.valueOf(Frame.MAX_BATCH_BYTES + (1 << 20));

    private RaftConfig() {}

    static RaftGroup group(RaftOrdering.Settings settings) {
        return RaftGroup.valueOf(groupId(settings.network()), peers(settings.peers(), 0));
    }

    /** The first 128 bits of SHA-256 of the network's name, as a UUID of RFC 9562's version 8. */
    static RaftGroupId groupId(String network) {
        ByteBuffer hash = ByteBuffer.wrap(
                Sha256.of(network.getBytes(StandardCharsets.UTF_8)).bytes());
        long high = (hash.getLong() & ~0xf000L) | 0x8000L;
        long low = (hash.getLong() & ~(3L << 62)) | (1L << 63);
        return RaftGroupId.valueOf(new UUID(high, low));
    }

    static RaftPeer peer(RaftOrdering.Peer peer, int priority) {
        return RaftPeer.newBuilder()
                .setId(peer.id())
                .setAddress(peer.address())
                .setPriority(priority)
                .build();
    }

    static List<RaftPeer> peers(Collection<RaftOrdering.Peer> peers, int priority) {
        return peers.stream().map(peer -> peer(peer, priority)).toList();
    }

    static List<RaftOrdering.Peer> peers(Collection<RaftPeer> peers) {
        return peers.stream()
                .map(peer -> new RaftOrdering.Peer(peer.getId().toString(), peer.getAddress()))
                .toList();
    }

    static RaftProperties properties(RaftOrdering.Settings settings) {
        RaftProperties properties = new RaftProperties();
        RaftConfigKeys.Rpc.setType(properties, new PromptGrpc());
        GrpcConfigKeys.Server.setHost(properties, settings.listenHost());
        GrpcConfigKeys.Server.setPort(properties, settings.listenPort());
        GrpcConfigKeys.setMessageSizeMax(properties, SizeInBytes.valueOf(2 * ENTRY.getSize()));
        time(properties, settings);
        log(properties, settings.directory());
        snapshots(properties, settings.snapshotEvery());
        return properties;
    }

    private static void time(RaftProperties properties, RaftOrdering.Settings settings) {
        RaftTimeouts timeouts = settings.timeouts();
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, duration(timeouts.electionMin()));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, duration(timeouts.electionMax()));
        Duration request = settings.proposalTimeout().dividedBy(3);
        RaftClientConfigKeys.Rpc.setRequestTimeout(properties, duration(request));
    }

    private static TimeDuration duration(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void log(RaftProperties properties, Path directory) {
        RaftServerConfigKeys.setStorageDir(properties, List.of(directory.toFile()));
        RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(2 * ENTRY.getSize()));
        RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 2);
        RaftServerConfigKeys.Log.setSegmentCacheSizeMax(properties, SizeInBytes.valueOf("32MB"));
        RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf("1MB"));
        RaftServerConfigKeys.Log.setWriteBufferSize(properties, SizeInBytes.valueOf(ENTRY.getSize() + 4096));
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, ENTRY);
        // a member that comes back hears of the leader before it wants to be leader itself
        RaftServerConfigKeys.Log.Appender.setRetryPolicy(properties, "10ms,10, 300ms,1000000000");
        // what is committed is learnt from the leader after a restart; an entry for it would be one more fsync a batch
        RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
    }

    private static void snapshots(RaftProperties properties, long every) {
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, every);
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, 2);
        RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
    }

    static Parameters parameters(RaftOrdering.Settings settings) {
        Parameters parameters = new Parameters();
        settings.tls().ifPresent(tls -> {
            GrpcTlsConfig config = GrpcTlsConfig.newBuilder()
                    .setKeyManager(tls.keys())
                    .setTrustManager(tls.trust())
                    .setMutualTls(true)
                    .setSslProvider(SslProvider.JDK)
                    .setProtocols("TLSv1.3")
                    .build();
            GrpcConfigKeys.TLS.setConf(parameters, config);
            GrpcConfigKeys.Server.setTlsConf(parameters, config);
            GrpcConfigKeys.Client.setTlsConf(parameters, config);
            GrpcConfigKeys.Admin.setTlsConf(parameters, config);
        });
        GrpcConfigKeys.Server.setServicesCustomizer(parameters, (builder, services) -> {
            settings.tls().ifPresent(tls -> builder.intercept(new Gatekeeper(tls.trust())));
            return builder.callExecutor(new AppendsAtOnce());
        });
        return parameters;
    }
}
