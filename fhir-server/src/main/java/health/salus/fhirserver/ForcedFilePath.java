package health.salus.fhirserver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePathWrapper;

/**
 * H2 file system {@code forced:<other>}: the other one, where every write to a database file is forced to the disk.
 * Public, with a public constructor, because H2 makes instances by reflection.
 */
public final class ForcedFilePath extends FilePathWrapper {
    static final String SCHEME = "forced";
    private static final String DATABASE = ".mv.db";

    /** For H2. */
    public ForcedFilePath() {}

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel channel = super.open(mode);
        return getName().endsWith(DATABASE) ? new ForcedChannel(channel) : channel;
    }

    private static final class ForcedChannel extends FileBaseDefault {
        private final FileChannel channel;

        ForcedChannel(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // positioned access: the operating system orders it
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized")
        public int write(ByteBuffer source, long position) throws IOException {
            int written = channel.write(source, position);
            if (!source.hasRemaining()) {
                channel.force(false);
            }
            return written;
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void force(boolean metaData) throws IOException {
            channel.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return channel.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            channel.close();
        }
    }
}
