package io.spoor.app.up;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says what is going on, but only about that which takes long enough to be wondered about. */
final class Progress implements AutoCloseable {
    private final PrintWriter err;
    private final Duration patience;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "spoor-progress");
        thread.setDaemon(true);
        return thread;
    });

    Progress(PrintWriter err, Duration patience) {
        this.err = err;
        this.patience = patience;
    }

    /** Runs the work, and prints the line if it is not done within the patience. */
    void during(String line, Runnable work) {
        Future<?> said = timer.schedule(() -> err.println(line), patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            work.run();
        } finally {
            said.cancel(false);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
