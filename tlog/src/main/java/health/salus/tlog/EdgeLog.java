package health.salus.tlog;

import health.salus.tlog.merkle.ConsistencyProof;
import health.salus.tlog.merkle.InclusionProof;
import health.salus.tlog.merkle.TreeHead;
import java.util.Optional;
import java.util.function.LongConsumer;

/** What all logs read alike: each call sees the edge that the tree has at its beginning. */
abstract sealed class EdgeLog implements ReadableLog permits TileLog, LogReader, StoppedLog {
    abstract LogView view();

    /** The edge now. */
    abstract RightEdge edge();

    @Override
    public final TreeHead head() {
        return edge().head();
    }

    @Override
    public final TreeHead head(long size) {
        return view().head(edge(), size);
    }

    @Override
    public final byte[] entry(long index) {
        return view().entry(edge(), index);
    }

    @Override
    public final void scan(long from, long to, EntryVisitor visitor) {
        view().scan(edge(), from, to, visitor);
    }

    @Override
    public final InclusionProof inclusionProof(long index, long size) {
        return view().inclusionProof(edge(), index, size);
    }

    @Override
    public final ConsistencyProof consistencyProof(long older, long newer) {
        return view().consistencyProof(edge(), older, newer);
    }

    @Override
    public final Optional<byte[]> tile(String path) {
        return view().tile(edge(), path);
    }

    @Override
    public final void verify(LongConsumer progress) {
        view().verify(edge(), progress);
    }
}
