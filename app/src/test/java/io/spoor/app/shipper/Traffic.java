package io.spoor.app.shipper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines that every shipper gets: 950 JSON lines of 25 requests as KiCI's processes write them, and 50 of plain text
 * between them. They differ from shipper to shipper in the name that their ids and texts bear.
 */
final class Traffic {
    private static final int LINES = 1_000;
    private static final int REQUESTS = 25;

    /** One in so many lines is text. */
    private static final int TEXT = 20;

    private static final long APART_MILLIS = 37;
    private static final List<String> LEVELS = List.of("debug", "info", "info", "warn", "error");

    /** The rest of an object after its level: a message and what belongs to it. */
    private static final List<String> MESSAGES = List.of(
            "\"message\":\"Job dispatched\",\"job\":\"build\",\"workflow\":\"ci\",\"status\":\"pending\"",
            "\"message\":\"Grüße aus Zürich, 日本語, Ελληνικά, İstanbul'da ıssız\"",
            "\"message\":\"🚀 and 👩‍👩‍👧 and \\ud83d\\ude00 and \\u00e9\"",
            "\"message\":\"quoted \\\" \\\\ \\/ \\t \\n \\u001b[31m \\u2028\"",
            "\"message\":\"עברית and العربية\"",
            "\"message\":\"boom\",\"error\":{\"name\":\"Error\",\"stack\":\"Error: boom\\n    at a (b.ts:1:2)\"}",
            "\"message\":\"numbers\",\"big\":12345678901234567890,\"trailing\":1.50,\"tiny\":1E-400",
            "\"message\":\"{\\\"level\\\":\\\"error\\\",\\\"message\\\":\\\"inside\\\"}\"",
            "\"message\":\"long\",\"text\":\"" + "0123456789abcdef".repeat(1_000) + "\"",
            "\"message\":\"\",\"nothing\":null,\"list\":[],\"object\":{}");

    private static final List<String> TEXTS = List.of(
            "%s: plain",
            "    at %s (file.ts:1:2)",
            "\tat %s.java(Größe.java:3)",
            "[workflow-runner:stdout] {\"level\":\"info\",\"message\":\"%s\"}",
            "{\"level\":\"info\",\"mess %s",
            "[%s, 日本語]",
            "\"%s\" said \"İ\" & <b>",
            "\u001b[1m%s\u001b[0m",
            "%s\\n is no line end",
            "42 %s");

    /**
     * A line as it was logged.
     *
     * @param at when; within JSON too, but plain text does not say it
     * @param service the line's own, empty if it names none
     */
    record Logged(String text, Instant at, boolean json, String service) {}

    private final List<Logged> lines = new ArrayList<>();
    private final Map<String, List<Logged>> requests = new LinkedHashMap<>();

    /**
     * The lines for a shipper.
     *
     * @param name set into every id and text
     * @param from the first line's time
     */
    Traffic(String name, Instant from) {
        for (int i = 0; i < LINES; i++) {
            Instant at = from.plusMillis(i * APART_MILLIS);
            if (i % TEXT == TEXT - 1) {
                int text = i / TEXT;
                String known = name + "-" + text;
                lines.add(new Logged(TEXTS.get(text % TEXTS.size()).formatted(known), at, false, ""));
            } else {
                String request = name + "-request-" + i % REQUESTS;
                Logged line = object(i, request, at);
                lines.add(line);
                requests.computeIfAbsent(request, id -> new ArrayList<>()).add(line);
            }
        }
    }

    private static Logged object(int i, String request, Instant at) {
        String service = List.of("", "orchestrator", "agent").get(i % 3);
        String text = (i % 4 == 0
                        ? "{ \"level\" : \"%s\" , %s%s, \"n\" : %d, \"timestamp\" : \"%s\", \"requestId\" : \"%s\" }"
                        : "{\"level\":\"%s\",%s%s,\"n\":%d,\"timestamp\":\"%s\",\"requestId\":\"%s\"}")
                .formatted(
                        LEVELS.get(i % LEVELS.size()),
                        MESSAGES.get(i / 3 % MESSAGES.size()),
                        service.isEmpty() ? "" : ",\"service\":\"" + service + "\"",
                        i,
                        at,
                        request);
        return new Logged(text, at, true, service);
    }

    /** All lines, in the order in which they were logged. */
    List<Logged> lines() {
        return lines;
    }

    /** The lines of each request, in their order. */
    Map<String, List<Logged>> requests() {
        return requests;
    }

    /** A file's content. */
    String text() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append('\n'));
        return text.toString();
    }
}
