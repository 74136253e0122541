package health.salus.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Copies and deletes directories with all that is in them. */
final class Directories {
    private Directories() {}

    static void delete(Path dir) {
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
