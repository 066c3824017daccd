package io.spoor.app.up;

import io.spoor.app.client.Client;
import io.spoor.app.demo.DemoRunner;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Made traffic, sent to the process's own address as a shipper would. */
final class DemoRole implements Role {
    private static final double LINES_PER_SECOND = 50;
    private static final long LOOK_AGAIN_MILLIS = 50;
    private static final int LOOKS = 200;

    private final Supplier<Client> client;
    private final BooleanSupplier stop;
    private @Nullable DemoRunner runner;

    DemoRole(Supplier<Client> client, BooleanSupplier stop) {
        this.client = client;
        this.stop = stop;
    }

    @Override
    public String name() {
        return "the demo traffic";
    }

    @Override
    public void start() {
        InstantSource clock = InstantSource.system();
        DemoRunner started = DemoRunner.start(client.get(), clock, clock.millis(), LINES_PER_SECOND);
        runner = started;
        for (int look = 0; look < LOOKS && !stop.getAsBoolean(); look++) {
            if (started.requestIdToTry().isPresent() || started.failure().isPresent()) {
                return;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A request worth to look at, once there is one. */
    Optional<String> requestIdToTry() {
        return runner == null ? Optional.empty() : runner.requestIdToTry();
    }

    @Override
    public void close() {
        if (runner != null) {
            runner.close();
        }
    }
}
