package io.spoor.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The command in a process of its own, for tests of what signals and {@code kill -9} do. */
public final class SpoorProcess implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    private SpoorProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts {@code spoor args…} on this test's class path; {@code work} becomes its working directory. */
    public static SpoorProcess start(Path work, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The locale and the zone of the tests, so that the whole command is tried in them.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-Duser.") || option.startsWith("-XX:+UseSerialGC"))
                .forEach(command::add);
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow"); // as the launcher does
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.spoor.app.Spoor"));
        command.addAll(List.of(args));
        Path out = Files.createTempFile(work, "spoor-", ".out");
        Path err = Files.createTempFile(work, "spoor-", ".err");
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new SpoorProcess(process, out, err);
    }

    /** Waits until stdout has the text. */
    public void awaitOut(String text) {
        Awaitility.await("'" + text + "' on stdout")
                .atMost(Duration.ofSeconds(60))
                .failFast("the process has ended", () -> !process.isAlive() && !out().contains(text))
                .until(() -> out().contains(text));
    }

    /** Sends the signal of this name, such as {@code INT}. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Its exit code, waited for. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after 60 s; stderr so far: " + err());
        }
        return process.exitValue();
    }

    public String out() {
        return read(out);
    }

    public String err() {
        return read(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
