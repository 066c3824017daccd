package io.spoor.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spoor trace}: the story of one request. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description = {
            "Tells the whole story of one request, by the id of the request, of a run or of a job.",
            "Ends with 1 when no server answers, with 3 when the id is not known, with 4 when the answer is incomplete or"
                    + " none came in time."
        },
        footer = {
            "  spoor trace 6f1c2d3e-4b5a-4697-8899-aabbccddeeff",
            "  spoor trace ID --level error              only what went wrong",
            "  spoor trace ID -o ndjson > lines.ndjson   the lines as they were shipped"
        })
public final class TraceCommand implements Callable<Integer> {

    /** How to show the answer. */
    enum Output {
        text,
        json,
        ndjson
    }

    /** The most that a server gives at once. */
    private static final int PAGE = 10_000;

    private static final int CLOSED_PIPE = 141;

    @Parameters(paramLabel = "ID", description = "The id to ask for.")
    private String id = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text, json (the server's answer unchanged) or ndjson (the original lines). Default: text.")
    private Output output = Output.text;

    @Option(names = "--tier", paramLabel = "TIER", description = "Only lines of this tier.")
    private @Nullable String tier;

    @Option(names = "--level", paramLabel = "LEVEL", description = "Only lines of this level.")
    private @Nullable String level;

    @Option(names = "--service", paramLabel = "NAME", description = "Only lines that this service shipped.")
    private @Nullable String service;

    @Option(names = "-q", paramLabel = "TEXT", description = "Only lines that contain this text.")
    private @Nullable String text;

    @Option(names = "--exact", description = "Only lines that carry this id themselves.")
    private boolean exact;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Show at most N lines. Default: 10000; all of them with ndjson.")
    private @Nullable Integer limit;

    @Option(names = "--color", paramLabel = "WHEN", defaultValue = "auto", description = "auto, always or never.")
    private Terminal.Color color = Terminal.Color.auto;

    @Mixin
    private ServerOption server = new ServerOption();

    private final Terminal terminal;
    private final Retry retry;

    public TraceCommand() {
        this(Terminal.ofProcess(), Retry.brief());
    }

    TraceCommand(Terminal terminal, Retry retry) {
        this.terminal = terminal;
        this.retry = retry;
    }

    @Override
    public Integer call() {
        if (limit != null && limit < 1) {
            throw new Failure(ExitCode.USAGE, "--limit is " + limit + "; write a number from 1.", null);
        }
        Client client = server.client(retry);
        return switch (output) {
            case text -> tell(client);
            case json -> pass(client);
            case ndjson -> stream(client);
        };
    }

    private int tell(Client client) {
        int most = limit == null ? PAGE : limit;
        List<JsonNode> pages = new ArrayList<>();
        int lines = 0;
        @Nullable String cursor = null;
        do {
            JsonNode page = ask(client, Math.min(PAGE, most - lines), cursor).json();
            pages.add(page);
            int more = page.path("lines").size();
            lines += more;
            cursor = more == 0 ? null : page.path("next").asText(null);
        } while (cursor != null && lines < most);
        TraceText story = new TraceText(new Style(terminal.colours(color)), terminal.width());
        return write(story.of(pages).getBytes(StandardCharsets.UTF_8), exitCode(pages));
    }

    private int pass(Client client) {
        Client.Answer answer = ask(client, limit == null ? PAGE : Math.min(PAGE, limit), null);
        return write(answer.body(), exitCode(List.of(answer.json())));
    }

    private int stream(Client client) {
        HttpResponse<InputStream> response = client.open(path(limit, null), "application/x-ndjson");
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new Client.Answer(response.statusCode(), body.readAllBytes()).failure();
            }
            byte[] buffer = new byte[64 << 10];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                if (write(buffer, n, ExitCode.DONE) != ExitCode.DONE) {
                    return CLOSED_PIPE;
                }
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.INCOMPLETE, "The answer broke off; what is printed is not all. Ask again.", e);
        }
        boolean complete = !response.headers()
                .firstValue("X-Spoor-Complete")
                .orElse("true")
                .equals("false");
        return complete ? ExitCode.DONE : ExitCode.INCOMPLETE;
    }

    private Client.Answer ask(Client client, int lines, @Nullable String cursor) {
        Client.Answer answer = client.get(path(lines, cursor));
        if (!answer.ok()) {
            throw answer.failure();
        }
        return answer;
    }

    private String path(@Nullable Integer lines, @Nullable String cursor) {
        StringBuilder query = new StringBuilder();
        add(query, "limit", lines == null ? null : lines.toString());
        add(query, "tier", tier);
        add(query, "level", level);
        add(query, "service", service);
        add(query, "q", text);
        add(query, "exact", exact ? "true" : null);
        add(query, "cursor", cursor);
        return "/api/v1/traces/" + encode(id) + query;
    }

    private static void add(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append(query.length() == 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(encode(value));
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static int exitCode(List<JsonNode> pages) {
        boolean complete = pages.stream().allMatch(page -> page.path("complete").asBoolean(true));
        return complete ? ExitCode.DONE : ExitCode.INCOMPLETE;
    }

    private int write(byte[] bytes, int exitCode) {
        return write(bytes, bytes.length, exitCode);
    }

    /** A reader that has seen enough (head, a quit pager) is no error to talk about. */
    private int write(byte[] bytes, int length, int exitCode) {
        OutputStream out = terminal.out();
        try {
            out.write(bytes, 0, length);
            out.flush();
        } catch (IOException e) {
            return CLOSED_PIPE;
        }
        return out instanceof PrintStream print && print.checkError() ? CLOSED_PIPE : exitCode;
    }
}
