package io.spoor.app.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where a command reads and writes. Text is UTF-8 whatever the locale: log lines are.
 *
 * @param in standard input
 * @param out data
 * @param err everything else
 * @param outIsTerminal whether a person sees {@code out}
 * @param errIsTerminal whether a person sees {@code err}
 * @param environment of the process
 */
public record Terminal(
        InputStream in,
        OutputStream out,
        PrintWriter err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment) {

    /** When to colour, as {@code --color} says it. */
    enum Color {
        auto,
        always,
        never
    }

    private static final int DEFAULT_WIDTH = 80;

    /** The process's own streams. */
    public static Terminal ofProcess() {
        return new Terminal(
                System.in,
                System.out,
                new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true),
                isTerminal(1),
                isTerminal(2),
                System.getenv());
    }

    /** {@code --color}, then {@code NO_COLOR}, {@code CLICOLOR_FORCE}, {@code CLICOLOR}, then the terminal decide. */
    boolean colours(Color wanted) {
        return switch (wanted) {
            case always -> true;
            case never -> false;
            case auto -> {
                if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
                    yield false;
                }
                String force = environment.getOrDefault("CLICOLOR_FORCE", "");
                if (!force.isEmpty() && !force.equals("0")) {
                    yield true;
                }
                yield outIsTerminal
                        && !environment.getOrDefault("CLICOLOR", "").equals("0")
                        && !environment.getOrDefault("TERM", "").equals("dumb");
            }
        };
    }

    /** Columns to write in; unbounded where no person reads, so that nothing is ever cut or folded for a program. */
    int width() {
        if (!outIsTerminal) {
            return Integer.MAX_VALUE;
        }
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9]\\d{0,4}") ? Integer.parseInt(columns) : widthFromStty();
    }

    /** Java 17 has no word for a terminal's size; {@code stty} is where there is a terminal. */
    private static int widthFromStty() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            stty.waitFor(1, TimeUnit.SECONDS);
            return size.matches("\\d+ [1-9]\\d*")
                    ? Integer.parseInt(size.substring(size.indexOf(' ') + 1))
                    : DEFAULT_WIDTH;
        } catch (IOException e) {
            return DEFAULT_WIDTH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DEFAULT_WIDTH;
        }
    }

    /**
     * Whether a file descriptor is a terminal. {@link System#console()} wants stdin <em>and</em> stdout to be one, which
     * hides the progress of {@code cat x | spoor ship -}; Linux tells each by itself.
     */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return consoleIsTerminal();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // null only before Java 22; both are handled
    private static boolean consoleIsTerminal() {
        Object console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From Java 22 on a console is always there and says itself whether it is a terminal.
            return (boolean) console.getClass().getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
