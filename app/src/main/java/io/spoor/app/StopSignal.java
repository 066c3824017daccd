package io.spoor.app;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * The user's wish to stop: Ctrl-C, {@code kill}, or the end of the terminal.
 *
 * <p>The first one is for the command to obey, within a bound; a second one, or the end of the bound, ends the process
 * at once. A shutdown hook could not do this: while hooks run, the JVM ignores further signals.
 */
public final class StopSignal {
    private static final int INTERRUPTED = 130;
    /** A wrapper such as {@code timeout} passes on a Ctrl-C that the terminal has sent to both: it is one wish. */
    private static final Duration ONE_WISH = Duration.ofMillis(100);

    private final PrintWriter err;
    private final Duration bound;
    private final IntConsumer halt;
    private final LongSupplier nanoTime;
    private final CountDownLatch given = new CountDownLatch(1);
    private long givenNanos;

    public StopSignal(PrintWriter err, Duration bound, IntConsumer halt, LongSupplier nanoTime) {
        this.err = err;
        this.bound = bound;
        this.halt = halt;
        this.nanoTime = nanoTime;
    }

    /** Listens to SIGINT, SIGTERM and SIGHUP from now on. */
    public StopSignal listen() {
        for (String signal : new String[] {"INT", "TERM", "HUP"}) {
            handle(signal, this::give);
        }
        return this;
    }

    public boolean isGiven() {
        return given.getCount() == 0;
    }

    public void await() throws InterruptedException {
        given.await();
    }

    /** Waits at most so long. Returns whether the signal is given. */
    public boolean await(Duration longest) throws InterruptedException {
        return given.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What a signal does. */
    public synchronized void give() {
        if (isGiven()) {
            if (nanoTime.getAsLong() - givenNanos > ONE_WISH.toNanos()) {
                halt.accept(INTERRUPTED);
            }
            return;
        }
        givenNanos = nanoTime.getAsLong();
        given.countDown();
        err.println("Closing ... (Ctrl-C again ends at once)");
        Thread watch = new Thread(this::haltAfterBound, "spoor-close-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private void haltAfterBound() {
        try {
            TimeUnit.MILLISECONDS.sleep(bound.toMillis());
        } catch (InterruptedException e) {
            return;
        }
        err.println("Not closed within " + bound.toSeconds()
                + " s, so ended without. Nothing acknowledged is lost; the next start takes a little longer.");
        halt.accept(1);
    }

    /** By reflection: the compiler warns of {@code sun.misc.Signal}, and that warning cannot be turned off. */
    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object onSignal = Proxy.newProxyInstance(
                    StopSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            Method install = signal.getMethod("handle", signal, handler);
            install.invoke(null, signal.getConstructor(String.class).newInstance(name), onSignal);
        } catch (InvocationTargetException e) {
            // The JVM keeps this one for itself (-Xrs), or the system has none; its default end still applies.
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("sun.misc.Signal, which module jdk.unsupported exports", e);
        }
    }
}
