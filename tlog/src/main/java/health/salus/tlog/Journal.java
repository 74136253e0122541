package health.salus.tlog;

import health.salus.tlog.merkle.Frontier;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal that appends go to. Not thread-safe. */
final class Journal implements Closeable {
    /** Where the journals of a log lie, each named by the size of the tree before it, 19 digits. */
    static final String DIRECTORY = "journal";

    private static final Logger LOGGER = LoggerFactory.getLogger(Journal.class);

    private final Path file;
    private final long start;
    private final Disk.Appender appender;
    private long length;

    private Journal(Path file, long start, Disk.Appender appender, long length) {
        this.file = file;
        this.start = start;
        this.appender = appender;
        this.length = length;
    }

    /**
     * Begins a journal, durably.
     *
     * @throws IOException after which no frame may be written to an earlier journal if this one {@link #exists}
     */
    static Journal create(Disk disk, Path directory, String origin, Frontier frontier) throws IOException {
        Path file = directory.resolve(name(frontier.size()));
        Path temporary = directory.resolve(name(frontier.size()) + ".tmp");
        byte[] header = JournalFormat.header(origin, frontier);
        disk.write(temporary, header);
        disk.forceFile(temporary);
        disk.rename(temporary, file);
        disk.forceDirectory(directory.resolve(DIRECTORY));
        return new Journal(file, frontier.size(), disk.appender(file, header.length), header.length);
    }

    static boolean exists(Path directory, long start) {
        return Files.exists(directory.resolve(name(start)));
    }

    /** Continues a journal that was read up to {@code end}, and cuts the unfinished frame behind that. */
    static Journal resume(Disk disk, Path directory, long start, long end, long length) throws IOException {
        Path file = directory.resolve(name(start));
        Disk.Appender appender = disk.appender(file, length);
        try {
            if (end < length) {
                appender.truncate(end);
                appender.force();
            }
            return new Journal(file, start, appender, end);
        } catch (IOException e) {
            appender.close();
            throw e;
        }
    }

    /** Path of a journal within the log's directory. */
    static String name(long start) {
        String digits = Long.toString(start);
        return DIRECTORY + "/" + "0".repeat(19 - digits.length()) + digits;
    }

    /** Where the journals of a log begin, ascending; none where the log was never begun. */
    static List<Long> starts(Path directory) throws IOException {
        List<Long> starts = Files.isDirectory(directory.resolve(DIRECTORY)) ? numbers(directory) : List.of();
        if (starts.isEmpty()
                && (Files.exists(directory.resolve("checkpoint")) || Files.exists(directory.resolve("tile")))) {
            throw new CorruptLogException(DIRECTORY, "there are tiles but no journal");
        }
        return starts;
    }

    private static List<Long> numbers(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(DIRECTORY))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]{19}"))
                    .map(Long::valueOf)
                    .sorted()
                    .toList();
        }
    }

    /** The files of the journals that begin at {@code starts}. */
    static List<Path> files(Path directory, List<Long> starts) {
        return starts.stream().map(start -> directory.resolve(name(start))).toList();
    }

    Path file() {
        return file;
    }

    /** Size of the tree before the first frame. */
    long start() {
        return start;
    }

    long length() {
        return length;
    }

    /** Writes a frame; not durable before {@link #force}. */
    void write(byte[] frame, int frameLength) throws IOException {
        appender.write(frame, frameLength);
    }

    /** Makes the frame that was written durable. */
    void force(int frameLength) throws IOException {
        appender.force();
        length += frameLength;
    }

    /** Takes back, durably, what was written and not forced. */
    void rollBack() throws IOException {
        appender.truncate(length);
        appender.force();
    }

    /** Gives up the file; everything that counts is durable already. */
    @Override
    public void close() {
        try {
            appender.close();
        } catch (IOException e) {
            LOGGER.atDebug()
                    .addKeyValue("file", file)
                    .addKeyValue("error", e.toString())
                    .log("journal not closed");
        }
    }
}
