package io.spoor.app.demo;

import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import io.spoor.app.TimeSpan;
import io.spoor.app.client.Client;
import io.spoor.app.client.Retry;
import io.spoor.app.client.ServerOption;
import io.spoor.app.client.Terminal;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code spoor demo}: sends believable KiCI traffic to a running Spoor, and writes down the truth about it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Sends made KiCI traffic to a running Spoor, until Ctrl-C or for a time.",
            "The same seed gives the same traffic, but for its times."
        },
        footer = {
            "  spoor demo                          until Ctrl-C",
            "  spoor demo --for 30s --truth FILE   and write down what is true about it"
        })
public final class DemoCommand implements Callable<Integer> {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final String ERASE = "\r\u001b[K";

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "50",
            description = "Lines a second, in the long run. Default: 50.")
    private double rate = 50;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Chooses the traffic. Default: 1.")
    private long seed = 1;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long, such as 30s, 5m or 2h. Default: until Ctrl-C.")
    private @Nullable String length;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "Write there what is true about each run, one JSON object a line.")
    private @Nullable Path truthFile;

    @Mixin
    private ServerOption server = new ServerOption();

    private final Terminal terminal;
    private final Retry retry;
    private final InstantSource clock;

    public DemoCommand() {
        this(Terminal.ofProcess(), Retry.patient(), InstantSource.system());
    }

    DemoCommand(Terminal terminal, Retry retry, InstantSource clock) {
        this.terminal = terminal;
        this.retry = retry;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (!(rate > 0 && rate <= 1_000_000)) {
            throw new Failure(ExitCode.USAGE, "--rate is " + rate + "; write lines a second, such as 50.", null);
        }
        long millis = length == null
                ? Long.MAX_VALUE
                : TimeSpan.parse("--for", length).toMillis();
        Client client = server.client(retry);
        try (BufferedWriter writer =
                truthFile == null ? null : Files.newBufferedWriter(truthFile, StandardCharsets.UTF_8)) {
            return send(client, millis, new Truth(run -> write(writer, run)));
        } catch (IOException | UncheckedIOException e) {
            throw new Failure("The truth cannot be written to " + truthFile + ": " + e.getMessage() + ".", e);
        }
    }

    private int send(Client client, long millis, Truth truth) {
        long start = clock.millis();
        long end = millis == Long.MAX_VALUE ? millis : start + millis;
        Feed feed = new Feed(client, new DemoTraffic(seed, start, rate), truth, end);
        Thread sender = Thread.currentThread();
        // Ctrl-C must not lose the truth: the process ends once it is written.
        CountDownLatch written = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    sender.interrupt();
                    await(written);
                },
                "spoor-demo-end");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean interrupted = false;
        try {
            while (!feed.isOver() && !interrupted) {
                feed.sendDue(clock);
                progress(feed, truth);
                interrupted = pause(feed);
            }
        } catch (Failure e) {
            if (!Thread.interrupted()) {
                throw e;
            }
        } finally {
            truth.finish();
            summary(feed, truth, start);
            written.countDown();
            removeHook(hook);
        }
        return 0;
    }

    private static boolean pause(Feed feed) {
        if (feed.isOver()) {
            return false;
        }
        try {
            Thread.sleep(TICK.toMillis());
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static void await(CountDownLatch written) {
        try {
            written.await(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook is what ended us.
        }
    }

    private void progress(Feed feed, Truth truth) {
        if (terminal.errIsTerminal()) {
            terminal.err()
                    .print(String.format(
                            Locale.ROOT, "%s%,d lines, %,d runs over", ERASE, feed.sent(), truth.finishedRuns()));
            terminal.err().flush();
        }
    }

    private void summary(Feed feed, Truth truth, long start) {
        say(String.format(
                Locale.ROOT,
                "Sent %,d lines about %,d runs in %.1f s.",
                feed.sent(),
                truth.finishedRuns(),
                (clock.millis() - start) / 1000.0));
        String requestId = truth.requestIdToTry();
        if (requestId != null) {
            say("Try: ./spoor trace " + requestId);
        }
    }

    private void say(String sentence) {
        terminal.err().println((terminal.errIsTerminal() ? ERASE : "") + sentence);
        terminal.err().flush();
    }

    private static void write(@Nullable BufferedWriter writer, String run) {
        if (writer == null) {
            return;
        }
        try {
            writer.write(run);
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
