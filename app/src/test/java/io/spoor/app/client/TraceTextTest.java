package io.spoor.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TraceTextTest {

    private static final int NO_TERMINAL = Integer.MAX_VALUE;

    @Test
    void a_failed_run_is_told_without_colours() {
        assertGolden("failed-run.txt", story("failed-run.json", false, NO_TERMINAL));
    }

    @Test
    void a_failed_run_is_told_with_colours_and_folded_on_a_terminal() {
        assertGolden("failed-run.ansi", story("failed-run.json", true, 110));
    }

    @Test
    void a_narrow_terminal_never_gets_a_row_that_is_wider() {
        assertThat(story("failed-run.json", false, 80).lines().filter(row -> row.codePointCount(0, row.length()) > 80))
                .isEmpty();
    }

    @Test
    void an_answer_without_any_member_is_still_a_story() {
        assertThat(story(tree("{}"), NO_TERMINAL)).startsWith("Trace ").contains("No line of this trace fits");
    }

    @Test
    void members_that_are_null_or_of_another_kind_do_not_stop_the_story() {
        String text = story(
                tree(
                        "{\"id\":null,\"status\":null,\"start\":12,\"end\":\"never\",\"runs\":[{\"jobs\":null},{}],\"tiers\":null,"
                                + "\"lines\":[{\"message\":null},{\"at\":{},\"message\":{\"a\":1},\"fields\":[],\"copies\":null}]}"),
                NO_TERMINAL);

        assertThat(text).contains("{\"a\":1}").contains("2 runs");
    }

    @Test
    void a_log_line_cannot_command_the_terminal() {
        String text = story(
                lines(
                        "{\"at\":\"2026-11-23T20:06:24.392Z\",\"tier\":\"agent\\u001b[31m\",\"host\":\"h\\u0007\","
                                + "\"message\":\"\\u001b[2Jcleared \\u001b]0;title\\u0007 \\u009b31m \\u202egnp.exe\\u0000\\ud800\\r!\"}"),
                NO_TERMINAL);

        assertThat(text).contains("cleared ]0;title").contains("gnp.exe\ufffd!");
        assertThat(text.codePoints().filter(c -> c != '\n' && Character.isISOControl(c)))
                .isEmpty();
        assertThat(text).doesNotContain("\u202e");
    }

    @Test
    void a_line_of_ten_thousand_characters_is_whole_in_a_pipe_and_folded_on_a_terminal() {
        JsonNode trace = lines(
                "{\"at\":\"2026-11-23T20:06:24.392Z\",\"tier\":\"agent\",\"message\":\"" + "x".repeat(10_000) + "\"}");

        assertThat(story(trace, NO_TERMINAL)).contains("x".repeat(10_000));
        String folded = story(trace, 80);
        assertThat(folded.lines().allMatch(row -> row.length() <= 80)).isTrue();
        assertThat(folded.chars().filter(c -> c == 'x').count()).isEqualTo(10_000);
    }

    @Test
    void a_line_of_a_megabyte_is_folded_at_once() {
        JsonNode trace = lines("{\"message\":\"" + "wörter ".repeat(150_000) + "\"}");

        assertThat(story(trace, 80).lines().count()).isGreaterThan(13_000);
    }

    @Test
    void text_over_many_lines_keeps_its_indentation_beneath_its_first_line() {
        String text = story(lines("{\"message\":\"Error: x\\n    at a (b.ts:1:2)\\n\"}"), NO_TERMINAL);

        assertThat(text).contains("Error: x\n").contains("│     at a (b.ts:1:2)\n");
    }

    @Test
    void a_stack_that_repeats_its_error_is_told_once() {
        String text = story(
                lines(
                        "{\"message\":\"failed\",\"level\":\"error\",\"fields\":{\"error\":\"boom\",\"stack\":\"Error: boom\\n  at a\"}}"),
                NO_TERMINAL);

        assertThat(text).containsOnlyOnce("boom").contains("│   at a");
    }

    @Test
    void an_error_that_is_an_object_is_shown() {
        String text = story(
                lines("{\"message\":\"failed\",\"level\":\"error\",\"fields\":{\"error\":{\"code\":\"E1\"}}}"),
                NO_TERMINAL);

        assertThat(text).contains("│ {\"code\":\"E1\"}");
    }

    @Test
    void writing_from_right_to_left_stays_as_it_is() {
        assertThat(story(lines("{\"message\":\"שלום עולם\"}"), NO_TERMINAL)).contains("שלום עולם");
    }

    @Test
    void an_incomplete_answer_says_so_in_words() {
        JsonNode trace = tree(
                "{\"complete\":false,\"missing\":[2,3],\"truncated\":true,\"lines\":[{\"message\":\"a\"}],\"next\":\"c\"}");

        assertThat(story(trace, NO_TERMINAL))
                .contains("incomplete: partition 2, 3 could not be asked")
                .contains("longer than Spoor keeps")
                .contains("the first 1 line, there are more");
    }

    @Test
    void a_milestone_whose_line_is_not_shown_stands_by_itself() {
        JsonNode trace = tree(
                "{\"start\":\"2026-11-23T20:06:24.000Z\",\"milestones\":[{\"milestone\":\"run.started\",\"lineId\":\"9-9\","
                        + "\"at\":\"2026-11-23T20:06:24.500Z\",\"tier\":\"orchestrator\"}],"
                        + "\"lines\":[{\"at\":\"2026-11-23T20:06:24.900Z\",\"tier\":\"agent\",\"message\":\"late\"}]}");

        assertThat(story(trace, NO_TERMINAL))
                .containsSubsequence("◆ +0.500s  orchestrator  run.started", "+0.900s  agent");
    }

    @Test
    void a_silence_is_shown() {
        JsonNode trace = tree("{\"lines\":[{\"at\":\"2026-11-23T20:06:24.000Z\",\"message\":\"a\"},"
                + "{\"at\":\"2026-11-23T20:08:24.000Z\",\"message\":\"b\"}]}");

        assertThat(story(trace, NO_TERMINAL)).contains("⋮ 2 m 00 s");
    }

    private static String story(String resource, boolean colours, int width) {
        return new TraceText(new Style(colours), width).of(List.of(tree(read(resource))));
    }

    private static String story(JsonNode trace, int width) {
        return new TraceText(new Style(false), width).of(List.of(trace));
    }

    private static JsonNode lines(String line) {
        ObjectNode trace = Client.JSON.createObjectNode();
        trace.putArray("lines").add(tree(line));
        return trace;
    }

    private static JsonNode tree(String json) {
        try {
            return Client.JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(TraceTextTest.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertGolden(String resource, String actual) {
        if (Boolean.getBoolean("golden.update")) {
            try {
                Files.writeString(Path.of("src/test/resources/io/spoor/app/client", resource), actual);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return;
        }
        assertThat(actual).isEqualTo(read(resource));
    }
}
