package io.spoor.app;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines such as nobody should print and somebody does, some of them with the ids of real runs. */
final class HostileLines {
    private final Random random;
    private final long nowMillis;
    private int made;

    HostileLines(long seed, long nowMillis) {
        this.random = new Random(seed);
        this.nowMillis = nowMillis;
    }

    /** One of each kind, carrying this run's id where it carries any. */
    List<String> of(String runId) {
        String all = member("runId", runId) + "," + time();
        return List.of(
                // What people write.
                object(
                        all,
                        text("message", "Größe ≠ 大きさ, naïve café, 🚀👩‍👩‍👧‍👦 done \u202e٣٢١ שלום\u202c"),
                        text("ключ", "значение")),
                object(
                        all,
                        text("message", "zero width \u200b\u2060 joiners, a \ufeff mark and \u2028 separators \u2029")),
                object(
                        all,
                        "\"message\":\"tab\\t newline\\n quote\\\" backslash\\\\ solidus\\/ nul\\u0000 esc\\u001b[31m\""),
                object(all, "\"message\":\"half a pair \\ud83d and the other \\ude00 alone\""),
                object(member("requestId", "req-ünïcödé-" + runId), all, text("message", "an id in another alphabet")),
                object(member("requestId", "not an id " + runId), all, text("message", "spaces in an id")),
                object(member("requestId", "x".repeat(129)), all, text("message", "too long for an id")),
                object(member("requestId", ""), all, text("message", "no id at all")),
                object("\"requestId\":null,\"jobId\":{\"nested\":true}", all, text("message", "ids of odd types")),
                // What the last one counts of.
                object(all, text("message", "first"), text("message", "second"), text("message", "third")),
                object(member("requestId", "first-" + runId), member("requestId", "last-" + runId), all),
                // What no double holds.
                object(all, "\"big\":9007199254740993,\"huge\":123456789012345678901234567890123456789"),
                object(all, "\"precise\":0.12345678901234567891,\"vast\":1e400,\"small\":-1.5E-400,\"zero\":-0.0"),
                // What means something to Spoor.
                object(all, "\"spoor\":{\"id\":\"0-0\",\"at\":1,\"tier\":\"evil\",\"level\":\"error\"}"),
                object("\"spoor\":\"text\"", all, "\"in\":{\"spoor\":{\"id\":\"9-9\"}},\"in2\":[{\"spoor\":{}}]"),
                object(all, text("message", "\\\"spoor\\\":{\\\"id\\\":\\\"7-7\\\"}}")),
                object(all, "\"deep\":" + "[".repeat(50) + "]".repeat(50)),
                object(
                        all,
                        IntStream.range(0, 2_000)
                                .mapToObj(i -> "\"f" + i + "\":" + i)
                                .collect(Collectors.joining(","))),
                // What has no time, so that nobody can tell a copy from a repetition.
                object(member("runId", runId), text("message", "timeless " + made++)),
                // White space where JSON allows it.
                "  { \"a\" : [ 1 , 2 ] ,\t" + all + " }  ",
                object(all, text("message", "seen once"), text("error", "Error: no\\n    at a (b.js:1:2)\\n    at c")),
                // What is no JSON object.
                "plain text about " + runId + " " + made++,
                "    indented by four, and trailing blanks   ",
                "{\"runId\":\"" + runId + "\",\"message\":\"cut in the midd",
                object(all, text("message", "trailing comma")).replace("}", ",}"),
                object(all, text("message", "and more")) + " trailing words",
                "{'runId':'" + runId + "','message':'single quotes'}",
                "[workflow-runner:stdout] " + object(all, text("message", "behind a prefix")),
                "\"a JSON string\"",
                "12345",
                "true",
                "null",
                "]",
                "",
                "   \t ",
                "\0\0\0\0",
                "text with \0 holes \0 in it",
                "\0\0" + object(all, text("message", "behind a hole of a truncated file")),
                "--- Orchestrator offline for 3s. Replaying 12 lines ---");
    }

    /** What is large, and yet within all limits. */
    List<String> large(String runId) {
        String all = member("runId", runId) + "," + time();
        return List.of(
                object(all, text("message", letters(200_000))),
                object(all, "\"" + letters(60_000) + "\":true"),
                object(all, "\"digits\":1" + "0".repeat(1_500)));
    }

    /** Text over many lines. */
    String stackTrace() {
        return "Error: exit 1\n    at Step.run (/app/dist/step.js:" + random.nextInt(1_000) + ":13)\n"
                + "    at async Job.run (/app/dist/job.js:7:1) " + "{\n  code: 'ERR'\n}";
    }

    /** One object over many lines. */
    String pretty(String runId) {
        return "{\n  \"timestamp\": \"" + Instant.ofEpochMilli(nowMillis) + "\",\r\n  \"runId\": \"" + runId
                + "\",\n  \"list\": [\n    1,\n    " + made++ + "\n  ]\n}";
    }

    /** Lines that differ in what a careless reader would not notice. */
    List<String> twins(String runId) {
        String all = member("runId", runId) + "," + time();
        return List.of(
                object(all, "\"n\":0.12345678901234567891"),
                object(all, "\"n\":0.12345678901234567892"),
                object(all, "\"n\":9007199254740992"),
                object(all, "\"n\":9007199254740993"),
                object(all, "\"n\":1e400"),
                object(all, "\"n\":1e401"),
                object(all, "\"n\":\"1\""),
                object(all, "\"n\":1"),
                object(all, "\"n\":null"),
                object(all));
    }

    private String time() {
        return member(
                "timestamp",
                Instant.ofEpochMilli(nowMillis - random.nextInt(60_000)).toString());
    }

    private static String member(String name, String value) {
        return text(name, value);
    }

    private static String text(String name, String value) {
        return "\"" + name + "\":\"" + value + "\"";
    }

    private static String object(String... members) {
        return "{" + String.join(",", members) + "}";
    }

    private String letters(int length) {
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
