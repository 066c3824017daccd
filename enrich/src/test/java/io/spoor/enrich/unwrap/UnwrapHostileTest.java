package io.spoor.enrich.unwrap;

import static io.spoor.enrich.unwrap.Unwrapped.quoted;
import static io.spoor.enrich.unwrap.Unwrapped.unwrap;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What nobody means to send, and what arrives all the same. */
class UnwrapHostileTest {
    private static final String L = "{\"level\":\"info\",\"message\":\"hi\",\"requestId\":\"r\"}";
    private static final String K = String.valueOf(Unwrapped.RECORD_MILLIS);

    private final List<DynamicTest> rows = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> nothing_is_lost_and_nothing_breaks() {
        same("an object without members", "{}");
        same("white space inside", "{ \"a\" :\t[ ] }");
        same("a name twice", "{\"requestId\":\"a\",\"requestId\":\"b\"}");
        same("a number beyond 2^53", "{\"n\":9007199254740993,\"x\":1e400}");
        same("a lone surrogate", "{\"a\":\"\\ud800\",\"\\udc00\":1}");
        same("a mark in the middle", "a\uFEFFb");
        same("a carriage return in the middle", "10%\r20%\r100%");
        same("a hundred thousand brackets", "[".repeat(100_000));
        same("unclosed objects", "{\"a\":".repeat(1_000));
        same("spaces at the end of a text", "text  ");
        same("an empty array", "[]");
        same("an empty array in an array", "[[]]");
        same("a broken string", "\"abc");
        same("two strings", "\"a\" \"b\"");
        same("an object and a word", L + " x");
        same("a control character or two", "a text that rings the bell \u0007\u0007");
        same("no runtime's line", "2026-03-12 10:30:00 stdout F text");
        same("no runtime's tag", "2026-03-12T10:30:00Z stdout X text");
        same("a runtime's line without time", "2026-13-12T10:30:00Z stdout F text");
        same("a boolean for a wrapper's mark", "{\"kubernetes\":true,\"log\":{\"a\":1}}");
        same("streams that are none", "{\"streams\":[1]}");
        same("streams that break off", "{\"streams\":[{\"stream\":{},\"values\":[[\"1\",\"a\"],[\"2\",3]]}]}");
        same("no streams", "{\"streams\":[]}");
        row("an empty string", "\"\"", "dropped EMPTY");
        row("a string of space", "\" \\n\\u0000\"", "dropped EMPTY");
        row("a deep string", quoted(quoted(quoted(quoted(quoted(quoted(L)))))), line(L));
        row("a lone surrogate in a string", "\"abcd \\ud83d!\"", line("abcd \uFFFD!") + " replaced");
        row(
                "a blank line of docker's",
                "{\"log\":\"\\n\",\"stream\":\"stdout\",\"time\":\"2026-03-12T10:30:00Z\"}",
                "dropped EMPTY");
        row("an empty line of a runtime's", "2026-03-12T10:30:00Z stdout F ", "dropped EMPTY");
        row("a tag at the very end", "2026-03-12T10:30:00Z stdout F", "dropped EMPTY");
        row("blank lines between objects", L + "\n \n\n" + L + "\n\n", "0 " + line(L), "1 " + line(L));
        row(
                "blank lines between",
                L + "\n \n\n" + L + "\n\nx",
                "0 " + line(L),
                "dropped EMPTY",
                "1 " + line(L),
                "2 " + line("x"));
        row("one object among blank lines", "\r\n\n" + L + "\n \r\n", line(L));
        row(
                "objects, the last one broken",
                L + "\n" + L + "\n{\"a\":",
                "0 " + line(L),
                "1 " + line(L),
                "2 " + line("{\"a\":"));
        row("several on one of many lines", L + L + "\nx", "0 " + line(L), "1 " + line(L), "2 " + line("x"));
        row(
                "Windows line ends",
                "Error\r\n  at a\r\n" + L + "\r\nend\r\n",
                "0 " + line("Error\r\n  at a"),
                "1 " + line(L),
                "2 " + line("end"));
        row("indented lines", "  " + L + "\n\t at x\n", "0 " + line(L), "1 " + line("\t at x"));
        row(
                "a deep object among others",
                L + "\n" + deep(65) + "\n" + L,
                "0 " + line(L),
                "1 rejected too_deep",
                "2 " + line(L));
        row("a deep object in an array", "[" + deep(65) + "," + L + "]", "0 rejected too_deep", "1 " + line(L));
        row("deep objects in an array, just", "[" + deep(64) + "]", line(deep(64)));
        row("a huge line among others", L + "\n" + "x".repeat(1 << 21), "0 " + line(L), "1 rejected line_too_large");
        row("a line of just the limit", "x".repeat(1 << 20), line("x".repeat(1 << 20)));
        row(
                "a wrapped line over the limit",
                "{\"log\":" + quoted("x".repeat((1 << 20) + 1)) + "}",
                "rejected line_too_large");
        row("more lines than anybody sends", "{}".repeat(Pieces.MOST + 1), "rejected record_too_large");
        row(
                "more objects than that in a text",
                "{}".repeat(Pieces.MOST + 1) + "x",
                line("{}".repeat(Pieces.MOST + 1) + "x"));
        row("a record over the limit", "x\n".repeat((4 << 20) + 1), "rejected record_too_large");
        row("wrapped noise", "{\"@timestamp\":1,\"log\":\"\\u0001\\u0002\\u0003\"}", "rejected binary");
        row("noise", "ab\u0001\u0002", "rejected binary");
        row("Latin-1 noise", "\u00e9\u00e8\u00ea".getBytes(ISO_8859_1), "rejected binary");
        row(
                "NULs before a text of Latin-1",
                "\0\0caf\u00e9 au lait".getBytes(ISO_8859_1),
                line("caf\uFFFD au lait") + " replaced");
        row("NULs around it all", "\0\0\0\0\0\0" + L + "\0\0\0", line(L));
        row("NULs and a mark", "\0\0\uFEFF" + L, line(L));
        row("a protobuf that is none", "\n{\"a\":1}", line("{\"a\":1}"));
        row(
                "lines of a runtime",
                "2026-03-12T10:30:00Z stdout F a\n2026-03-12T10:30:01Z stdout P b",
                "0 line <a> [] 1773311400000 cri",
                "1 line <b> [] 1773311401000 cri partial");
        row(
                "a runtime's line in a runtime's line, often",
                "2026-03-12T10:30:00Z stdout F ".repeat(100_000) + "x",
                "rejected line_too_large");
        row(
                "a runtime's line in a runtime's line, too often",
                "2026-03-12T10:30:00Z stdout F ".repeat(6) + "x",
                "line <2026-03-12T10:30:00Z stdout F 2026-03-12T10:30:00Z stdout F x> [] 1773311400000 cri nested");
        row(
                "an array for a message that is no bytes",
                "{\"MESSAGE\":[\"a\",\"b\"],\"_HOSTNAME\":\"h\"}",
                "line <{\"MESSAGE\":[\"a\",\"b\"],\"_HOSTNAME\":\"h\"}> [host=h] " + K + " journald");
        row(
                "bytes that are none",
                "{\"MESSAGE\":[256],\"_HOSTNAME\":\"h\"}",
                "line <{\"MESSAGE\":[256],\"_HOSTNAME\":\"h\"}> [host=h] " + K + " journald");
        row(
                "bytes that are not UTF-8",
                "{\"MESSAGE\":[99,97,102,233,32,97,117],\"_HOSTNAME\":\"h\"}",
                "line <caf\uFFFD au> [host=h] " + K + " journald replaced");
        row(
                "labels with control characters",
                "{\"log\":\"x\",\"host\":\" a\\u0007b \",\"service\":\"\",\"env\":7}",
                "line <x> [host=a_b] " + K + " fluent-bit");
        row(
                "labels that are too long",
                "{\"log\":\"x\",\"host\":\"" + "h".repeat(257) + "\",\"hostname\":\"" + "h".repeat(256) + "\"}",
                "line <x> [host=" + "h".repeat(256) + "] " + K + " fluent-bit");
        row("streams without values", "{\"streams\":[{\"stream\":{},\"values\":[]}]}", "dropped EMPTY");
        return rows.stream();
    }

    @Test
    void labels_of_headers_go_before_those_of_wrappers_and_outer_before_inner() {
        String inner = "{\"log\":\"x\",\"host\":\"inner\",\"env\":\"e\",\"service\":\"s\",\"@timestamp\":2}";
        String outer = "{\"message\":" + quoted(inner) + ",\"host\":\"outer\",\"env\":\"f\",\"@timestamp\":1}";
        ShipperLabels headers = new ShipperLabels("header", null, null, null);
        assertThat(unwrap(outer.getBytes(UTF_8), headers, RawLine.NO_TIME))
                .containsExactly("line <x> [env=header service=s host=outer] 2000 ecs");
    }

    @Test
    void the_doors_time_counts_where_neither_line_nor_wrapper_tells() {
        assertThat(unwrap("x".getBytes(UTF_8), ShipperLabels.NONE, 5)).containsExactly("line <x> [] 5 plain");
        assertThat(unwrap("{\"log\":\"x\",\"time\":\"2026-03-12T10:30:00Z\"}".getBytes(UTF_8), ShipperLabels.NONE, 5))
                .containsExactly("line <x> [] 1773311400000 fluent-bit");
    }

    @Test
    void every_source_of_a_time_is_named() {
        List<TimeSource> sources = new ArrayList<>();
        String record = "{\"ts\":1}\n2026-03-12T10:30:00Z stdout F x\ny";
        Unwrap unwrap = new Unwrap(UnwrapSettings.defaults());
        UnwrapSink sink = new UnwrapSink() {
            @Override
            public void line(RawLine line) {
                sources.add(line.timeSource());
            }

            @Override
            public void rejected(int index, Rejection reason, String detail, byte[] buffer, int from, int to) {
                throw new AssertionError(detail);
            }

            @Override
            public void dropped(Drop reason) {
                throw new AssertionError(reason);
            }
        };
        unwrap.unwrap(record.getBytes(UTF_8), ShipperLabels.NONE, 5, 6, sink);
        unwrap.unwrap("z".getBytes(UTF_8), ShipperLabels.NONE, RawLine.NO_TIME, 6, sink);
        assertThat(sources).containsExactly(TimeSource.OWN, TimeSource.ENVELOPE, TimeSource.DOOR, TimeSource.ARRIVAL);
    }

    @Test
    void metadata_of_a_stream_is_kept_beside_the_line() {
        String push =
                "{\"streams\":[{\"stream\":{\"service\":\"a\",\"job\":\"j\"},\"values\":[[\"1773311409000000000\",\"p\",{\"traceId\":\"t\"}]]}]}";
        assertThat(unwrap(push.getBytes(UTF_8)))
                .containsExactly("line <p> [service=a] 1773311409000 loki {\"job\":\"j\",\"traceId\":\"t\"}");
    }

    /** Quadratic time over two MiB would be hours. */
    @Test
    @Timeout(60)
    void records_of_the_worst_kind_are_done_in_reasonable_time() {
        Unwrap unwrap = new Unwrap(UnwrapSettings.defaults());
        for (String worst : List.of(
                " \n",
                "{\n",
                "{}\n",
                "[",
                "{\"a\":",
                "2026-03-12T10:30:00Z stdout F \n",
                "{}",
                "\"",
                "\\\"",
                "[{},\n")) {
            byte[] record = worst.repeat((2 << 20) / worst.length()).getBytes(UTF_8);
            assertThat(unwrap(unwrap, record, ShipperLabels.NONE, 0)).isNotEmpty();
        }
    }

    @Test
    void an_instance_used_again_says_what_a_fresh_one_says() {
        Unwrap used = new Unwrap(UnwrapSettings.defaults());
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            byte[] record = mutated(random, 1 + i % 5);
            byte[] before = record.clone();
            List<String> told = unwrap(used, record, ShipperLabels.NONE, 5);
            assertThat(told).isEqualTo(unwrap(record, ShipperLabels.NONE, 5)).isNotEmpty();
            assertThat(record).as("the record itself is left alone").isEqualTo(before);
        }
    }

    /** Text without wrappers: leaving out white space, marks and NULs, what comes out is what went in. */
    @Test
    void every_byte_of_a_text_is_in_one_of_its_lines() {
        Random random = new Random(12);
        String[] words = {
            "Error: x",
            "  at a",
            "\n",
            "\r\n",
            " ",
            "{",
            "}",
            L,
            "[1]",
            "[{}",
            "\u00e9\u20ac",
            "\ud83d\ude00",
            "\"",
            "\t",
            "5",
            "{\"a\":[}"
        };
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder("x");
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(words[random.nextInt(words.length)]);
            }
            StringBuilder told = new StringBuilder();
            for (String line : unwrap(text.toString().getBytes(UTF_8))) {
                if (line.contains("line <")) {
                    told.append(line, line.indexOf('<') + 1, line.lastIndexOf("> ["));
                }
            }
            assertThat(bare(told.toString())).as(text.toString()).isEqualTo(bare(text.toString()));
        }
    }

    private static String bare(String text) {
        return text.replaceAll("\\s", "");
    }

    private static byte[] mutated(Random random, int times) {
        String docker = "{\"log\":" + quoted(L + "\n") + ",\"stream\":\"stdout\",\"time\":\"2026-03-12T10:30:06.5Z\"}";
        String[] seeds = {
            L,
            docker,
            L + "\nError: x\n  at a\n" + L,
            "[" + L + "," + docker + "]",
            "{\"@timestamp\":1.5,\"@metadata\":{\"beat\":\"filebeat\"},\"message\":" + quoted(docker)
                    + ",\"host\":{\"name\":\"h\"}}",
            "2026-03-12T12:30:06.123456789+02:00 stdout F " + L,
            "{\"MESSAGE\":[27,91,49,109],\"_HOSTNAME\":\"o1\",\"__REALTIME_TIMESTAMP\":\"1773311408000000\"}",
            "{\"streams\":[{\"stream\":{\"service\":\"a\"},\"values\":[[\"1773311409000000000\",\"p\"],[\"2\","
                    + quoted(L) + "]]}]}",
            quoted(quoted(L)),
            "{\"log\":\"x\",\"kubernetes\":{\"labels\":{\"app\":\"a\"},\"pod_name\":\"p\",\"container\":{\"name\":\"c\"}}}"
        };
        byte[] record = seeds[random.nextInt(seeds.length)].getBytes(UTF_8);
        for (int i = 0; i < times && record.length > 0; i++) {
            int at = random.nextInt(record.length);
            switch (random.nextInt(4)) {
                case 0 -> record[at] = (byte) random.nextInt(256);
                case 1 -> record[at] = (byte) "{}[]\",:\\\n 0e".charAt(random.nextInt(12));
                case 2 -> record = Arrays.copyOf(record, at + 1);
                default -> {
                    byte[] doubled = Arrays.copyOf(record, record.length + at);
                    System.arraycopy(record, 0, doubled, record.length, at);
                    record = doubled;
                }
            }
        }
        return record;
    }

    private static String deep(int levels) {
        return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    }

    private static String line(String text) {
        return "line <" + text + "> [] " + K + " plain";
    }

    private void same(String name, String value) {
        row(name, value, line(value));
    }

    private void row(String name, String value, String... told) {
        row(name, value.getBytes(UTF_8), told);
    }

    private void row(String name, byte[] value, String... told) {
        rows.add(DynamicTest.dynamicTest(name, () -> assertThat(unwrap(value)).containsExactly(told)));
    }
}
