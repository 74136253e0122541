package health.salus.tlog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is published, what waits for it, and that only one run of the {@link Publisher} is under way. Thread-safe. */
final class Publication {
    private static final Logger LOGGER = LoggerFactory.getLogger(Publication.class);

    private final Publisher publisher;
    private final Executor background;
    private final List<Path> sealed = new ArrayList<>();
    private long published;
    private boolean running;

    /** @param published size that the files of the log stand for alone */
    Publication(Publisher publisher, Executor background, long published) {
        this.publisher = publisher;
        this.background = background;
        this.published = published;
    }

    /** A journal that gets no more frames and goes once its entries are published. */
    synchronized void add(Path journal) {
        sealed.add(journal);
    }

    synchronized boolean isRunning() {
        return running;
    }

    /** Publishes in the background; a failure is logged and left to the next run. Call only when none is under way. */
    void start(RightEdge edge) {
        claim();
        background.execute(() -> {
            try {
                publishClaimed(edge);
            } catch (IOException e) {
                LOGGER.atWarn()
                        .addKeyValue("size", edge.size())
                        .addKeyValue("error", e.toString())
                        .log("log not published; its journals stay until the next attempt");
            }
        });
    }

    /** Publishes now. */
    void run(RightEdge edge) throws IOException {
        claim();
        publishClaimed(edge);
    }

    /** Returns when no run is under way. */
    synchronized void await() {
        boolean interrupted = false;
        while (running) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void claim() {
        if (running) {
            throw new IllegalStateException("two publications at once");
        }
        running = true;
    }

    private void publishClaimed(RightEdge edge) throws IOException {
        try {
            publisher.publish(older(), edge, journals());
            done(edge.size());
        } finally {
            release();
        }
    }

    private synchronized long older() {
        return published;
    }

    private synchronized List<Path> journals() {
        return List.copyOf(sealed);
    }

    private synchronized void done(long size) {
        published = size;
        sealed.clear();
    }

    private synchronized void release() {
        running = false;
        notifyAll();
    }
}
