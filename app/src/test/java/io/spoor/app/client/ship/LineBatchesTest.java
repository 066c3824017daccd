package io.spoor.app.client.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineBatchesTest {

    private record Got(String text, long firstLine, int lines, boolean oversized) {}

    @Test
    void an_empty_stream_has_no_batch() throws IOException {
        assertThat(batches("")).isEmpty();
    }

    @Test
    void the_last_line_may_lack_its_newline() throws IOException {
        assertThat(batches("a\nb")).containsExactly(new Got("a\nb", 1, 2, false));
    }

    @Test
    void a_batch_holds_a_thousand_lines() throws IOException {
        assertThat(batches("x\n".repeat(2_001)))
                .extracting(Got::firstLine, Got::lines)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, 1_000),
                        org.assertj.core.groups.Tuple.tuple(1_001L, 1_000),
                        org.assertj.core.groups.Tuple.tuple(2_001L, 1));
    }

    @Test
    void a_batch_of_several_lines_is_at_most_a_mebibyte() throws IOException {
        List<Got> batches = batches(("y".repeat(99_999) + "\n").repeat(25));

        assertThat(batches).extracting(Got::lines).containsExactly(10, 10, 5);
        assertThat(batches).allMatch(batch -> batch.text().length() <= LineBatches.MAX_BYTES);
    }

    @Test
    void a_longer_line_is_a_batch_of_its_own() throws IOException {
        String longer = "z".repeat(LineBatches.MAX_BYTES + 5) + "\n";

        assertThat(batches("a\n" + longer + "b\n"))
                .containsExactly(
                        new Got("a\n", 1, 1, false), new Got(longer, 2, 1, false), new Got("b\n", 3, 1, false));
    }

    @Test
    void a_line_that_no_server_takes_is_left_out_and_named() throws IOException {
        String monster = "m".repeat(2 * LineBatches.MAX_LINE + 1);

        assertThat(batches("a\n" + monster + "\nb\n" + monster))
                .containsExactly(
                        new Got("a\n", 1, 1, false),
                        new Got("", 2, 1, true),
                        new Got("b\n", 3, 1, false),
                        new Got("", 4, 1, true));
    }

    @Test
    void any_stream_comes_out_whole_and_in_order() throws IOException {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            text.append("w".repeat(random.nextInt(2_000))).append('\n');
        }

        StringBuilder again = new StringBuilder();
        long line = 1;
        for (Got batch : batches(text.toString())) {
            assertThat(batch.firstLine()).isEqualTo(line);
            assertThat(batch.text().chars().filter(c -> c == '\n').count()).isEqualTo(batch.lines());
            line += batch.lines();
            again.append(batch.text());
        }

        assertThat(again.toString()).isEqualTo(text.toString());
    }

    @Test
    void a_live_stream_gives_what_is_there() throws IOException {
        InputStream trickle = new InputStream() {
            private final String text = "a\nb\n";
            private int at;

            @Override
            public int read() {
                return at < text.length() ? text.charAt(at++) : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int c = read();
                if (c < 0) {
                    return -1;
                }
                bytes[offset] = (byte) c;
                return 1;
            }
        };

        assertThat(batches(new LineBatches(trickle, 1, true, LineBatches.AtEnd.TAKE_ALL, patient -> false)))
                .extracting(Got::text)
                .containsExactly("a\n", "b\n");
    }

    @Test
    void a_trace_is_one_line_and_json_is_never_joined() throws IOException {
        String trace = "Error: boom\n    at a (x.js:1)\nCaused by: y\n\t... 3 more\n... 12 more\n  code: 1\n}\n";
        String text = "  at the start there is nothing to join\n{\"a\":1}\n    at b\n" + trace + "next\n\n  alone\n"
                + "head\n  {\"b\":2}\n  tail\n[{\"c\":3}]\n\tx\n";

        assertThat(lines(text))
                .containsExactly(
                        "  at the start there is nothing to join\n",
                        "{\"a\":1}\n",
                        "    at b\n",
                        trace,
                        "next\n",
                        "\n",
                        "  alone\n",
                        "head\n",
                        "  {\"b\":2}\n",
                        "  tail\n",
                        "[{\"c\":3}]\n",
                        "\tx\n");
    }

    @Test
    void an_object_printed_over_several_lines_stays_as_it_is() throws IOException {
        String object = "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n";

        assertThat(batches(object)).containsExactly(new Got(object, 1, 5, false));
    }

    @Test
    void a_trace_is_never_cut_by_the_end_of_a_batch() throws IOException {
        String trace = "Error\n" + "  at x\n".repeat(7);

        assertThat(lines("{}\n".repeat(999) + trace + trace)).endsWith("{}\n", trace, trace);
        String filler = "{" + "y".repeat(LineBatches.MAX_BYTES - 20) + "\n";
        assertThat(lines(filler + trace + "{}\n")).containsExactly(filler, trace, "{}\n");
    }

    @Test
    void a_joined_line_stays_within_what_a_server_takes() throws IOException {
        List<String> lines = lines("Error\n" + "  at some place far away\n".repeat(50_000));

        assertThat(lines).allMatch(line -> line.length() <= LineBatches.MAX_JOINED);
        assertThat(String.join("", lines)).hasSize(6 + 50_000 * 25);
    }

    private static List<String> lines(String text) throws IOException {
        LineBatches batches = new LineBatches(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                1,
                true,
                LineBatches.AtEnd.TAKE_ALL,
                LineBatches.Arrivals.ALWAYS);
        List<String> lines = new ArrayList<>();
        for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
            for (int i = 0; i < batch.lines(); i++) {
                int end = i + 1 == batch.lines() ? batch.end() : batch.lineStart(i + 1);
                lines.add(new String(
                        batch.buffer(), batch.lineStart(i), end - batch.lineStart(i), StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    private static List<Got> batches(String text) throws IOException {
        return batches(new LineBatches(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                1,
                true,
                LineBatches.AtEnd.TAKE_ALL,
                LineBatches.Arrivals.ALWAYS));
    }

    private static List<Got> batches(LineBatches batches) throws IOException {
        List<Got> all = new ArrayList<>();
        for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
            String text = batch.isOversized()
                    ? ""
                    : new String(batch.buffer(), batch.start(), batch.end() - batch.start(), StandardCharsets.UTF_8);
            all.add(new Got(text, batch.firstLine(), batch.lines(), batch.isOversized()));
        }
        return all;
    }
}
