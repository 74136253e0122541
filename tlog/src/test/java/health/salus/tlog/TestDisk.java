package health.salus.tlog;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A disk that numbers its steps, remembers what was made durable, and fails as it is told. A power loss takes all that
 * was not forced: content of files, names in directories.
 */
final class TestDisk implements Disk {
    /** The process is gone. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1;

        Crash(int step) {
            super("crash at step " + step);
        }
    }

    /** What happens before a step; throwing keeps it from happening, except for half of a write. */
    @FunctionalInterface
    interface Fault {
        void before(int step, String operation, Path file) throws IOException;
    }

    /** No fault. */
    static final Fault NONE = (step, operation, file) -> {};

    private static final class Inode {
        private byte[] durable = new byte[0];
    }

    private final LocalDisk disk = new LocalDisk();
    private final Path base;
    private final Map<Path, Inode> names = new HashMap<>();
    private final Map<Path, Inode> durableNames = new HashMap<>();
    private Fault fault;
    private int steps;

    /** Everything in {@code base} counts as durable. */
    TestDisk(Path base, Fault fault) {
        this.base = base;
        this.fault = fault;
        try (Stream<Path> files = Files.walk(base)) {
            for (Path file : files.filter(file -> !file.equals(base)).toList()) {
                Inode inode = new Inode();
                inode.durable = Files.isRegularFile(file) ? Files.readAllBytes(file) : inode.durable;
                names.put(file, inode);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        durableNames.putAll(names);
    }

    /** Crashes at one step and stays dead. */
    static Fault crashAt(int fatal) {
        return (step, operation, file) -> {
            if (step >= fatal) {
                throw new Crash(step);
            }
        };
    }

    void fault(Fault next) {
        fault = next;
    }

    int steps() {
        return steps;
    }

    private void step(String operation, Path file) throws IOException {
        steps++;
        fault.before(steps, operation, file);
    }

    private Inode inode(Path file) {
        return names.computeIfAbsent(file, created -> new Inode());
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        step("mkdir", directory);
        disk.createDirectories(directory);
        for (Path made = directory;
                !made.equals(base);
                made = made.resolve("..").normalize()) {
            inode(made);
        }
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        try {
            step("write", file);
        } catch (IOException | Crash e) {
            if (Files.isDirectory(file.resolve("..").normalize())) {
                disk.write(file, Arrays.copyOf(content, content.length / 2));
                inode(file);
            }
            throw e;
        }
        disk.write(file, content);
        inode(file);
    }

    @Override
    public void forceFile(Path file) throws IOException {
        step("force", file);
        inode(file).durable = Files.readAllBytes(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        step("force directory", directory);
        durableNames.keySet().removeIf(name -> name.resolve("..").normalize().equals(directory));
        names.forEach((name, inode) -> {
            if (name.resolve("..").normalize().equals(directory)) {
                durableNames.put(name, inode);
            }
        });
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step("rename", to);
        disk.rename(from, to);
        names.put(to, inode(from));
        names.remove(from);
    }

    @Override
    public void delete(Path file) throws IOException {
        step("delete", file);
        disk.delete(file);
        if (!Files.exists(file)) {
            names.remove(file);
        }
    }

    @Override
    public Appender appender(Path file, long length) throws IOException {
        Appender appender = disk.appender(file, length);
        return new Appender() {
            @Override
            public void write(byte[] bytes, int count) throws IOException {
                try {
                    step("append", file);
                } catch (IOException | Crash e) {
                    appender.write(bytes, count / 2);
                    throw e;
                }
                appender.write(bytes, count);
            }

            @Override
            public void force() throws IOException {
                step("force", file);
                inode(file).durable = Files.readAllBytes(file);
            }

            @Override
            public void truncate(long to) throws IOException {
                step("truncate", file);
                appender.truncate(to);
            }

            @Override
            public void close() throws IOException {
                appender.close();
            }
        };
    }

    @Override
    public Closeable lock(Path file) {
        return () -> {}; // every test process has a disk of its own
    }

    /** Puts the directory into the state that a power loss leaves. */
    void losePower() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(base)) {
            all = files.filter(file -> !file.equals(base))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        Set<Path> directories =
                new HashSet<>(all.stream().filter(Files::isDirectory).toList());
        for (Path file : all) {
            Files.delete(file);
        }
        for (Map.Entry<Path, Inode> named : new TreeMap<>(durableNames).entrySet()) {
            Path file = named.getKey();
            if (!Files.isDirectory(file.resolve("..").normalize())) {
                continue; // the name of its directory was lost
            }
            if (directories.contains(file)) {
                Files.createDirectory(file);
            } else {
                Files.write(file, named.getValue().durable);
            }
        }
    }
}
