package health.salus.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The parts of a ledger's directory; copies and deletes directories with all that is in them. */
public final class Directories {
    private Directories() {}

    /** The log of the ledger in {@code dir}. */
    public static Path log(Path dir) {
        return dir.resolve("log");
    }

    /** Its state. */
    public static Path state(Path dir) {
        return dir.resolve("state");
    }

    /** The state that it is at while it executes what lies before the snapshot with which {@link #state} began. */
    public static Path earlier(Path dir) {
        return dir.resolve("earlier");
    }

    /** Makes names and content of all files in {@code dir} durable. */
    public static void force(Path dir) {
        walk(dir, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                sync(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                sync(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Makes the names in {@code dir} durable. */
    public static void forceNames(Path dir) {
        try {
            sync(dir);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot force " + dir, e);
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Deletes {@code dir}. */
    public static void delete(Path dir) {
        walk(dir, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private interface FileCopy {
        void copy(Path from, Path to) throws IOException;
    }

    /** Copies {@code from} to {@code to}, which must not exist. */
    static void copy(Path from, Path to) {
        copy(from, to, (file, copy) -> Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES));
    }

    /** Copies a log; tiles, which never change again, by hard links where possible. */
    static void link(Path from, Path to) {
        copy(from, to, (file, copy) -> {
            if (from.relativize(file).startsWith("tile")) {
                try {
                    Files.createLink(copy, file);
                    return;
                } catch (IOException | UnsupportedOperationException anotherDisk) {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                    return;
                }
            }
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        });
    }

    private static void copy(Path from, Path to, FileCopy copying) {
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException(to + " exists");
        }
        walk(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(dir)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                copying.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void walk(Path dir, SimpleFileVisitor<Path> visitor) {
        try {
            Files.walkFileTree(dir, visitor);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy or delete " + dir, e);
        }
    }
}
