package io.spoor.ingest.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogBodyTest {
    private static final LineLimits LIMITS = new LineLimits(1_000, 1_000);

    @Test
    void one_object_a_line_is_kept_byte_for_byte() throws Exception {
        assertThat(lines("{\"a\": 1 }\n  {\"b\":\"\\u00e9é\"}\t\r\n{\"c\":[]}"))
                .containsExactly("{\"a\": 1 }", "  {\"b\":\"\\u00e9é\"}\t", "{\"c\":[]}");
    }

    @Test
    void blank_lines_are_counted_and_left_out() throws Exception {
        Shipment shipment = LogBody.lines("\n\r\n  \t\n{\"a\":1}\n\n".getBytes(UTF_8), false, Map.of(), LIMITS);
        assertThat(shipment.lines()).hasToString("[{\"a\":1}]");
        assertThat(shipment.lines().get(0).number()).isEqualTo(4);
        assertThat(shipment.blank()).isEqualTo(4);
        assertThat(lines("")).isEmpty();
        assertThat(lines(" \r\n \n")).isEmpty();
    }

    @Test
    void a_byte_order_mark_belongs_to_no_line() throws Exception {
        assertThat(lines("\ufeff{\"a\":1}\n{\"b\":2}")).containsExactly("{\"a\":1}", "{\"b\":2}");
        assertThat(lines("\ufeff[{\"a\":1}]")).containsExactly("{\"a\":1}");
    }

    @Test
    void concatenated_objects_are_parted() throws Exception {
        assertThat(lines("{\"a\":1}{\"b\":\"}{\"} {\"c\":3}\n{\"d\":4}{\n\"e\":5}\n"))
                .containsExactly("{\"a\":1}", "{\"b\":\"}{\"}", "{\"c\":3}", "{\"d\":4}", "{\n\"e\":5}");
    }

    @Test
    void an_object_over_several_lines_is_one_line_and_says_where_it_begins() throws Exception {
        String pretty = "{\n  \"a\": {\n    \"b\": [1,\n 2]\n  }\n}";
        List<Line> lines = LogBody.lines(
                        (pretty + "\r\n" + pretty + "\n{\"z\":1}").getBytes(UTF_8), false, Map.of(), LIMITS)
                .lines();
        assertThat(lines).extracting(Line::toString).containsExactly(pretty, pretty, "{\"z\":1}");
        assertThat(lines).extracting(Line::number).containsExactly(1, 7, 13);
    }

    @Test
    void a_broken_line_among_objects_is_text_and_harms_no_other() throws Exception {
        assertThat(lines(
                        "{\"a\":1}\n{\"b\":tru}\n{\"c\":\"cut\n{\"d\":4} and more\n   at frame\n{\"e\":[1,\n{\"f\":6}"))
                .containsExactly(
                        "{\"a\":1}",
                        "{\"b\":tru}",
                        "{\"c\":\"cut",
                        "{\"d\":4} and more",
                        "   at frame",
                        "{\"e\":[1,",
                        "{\"f\":6}");
    }

    @Test
    void text_keeps_its_indentation_and_is_never_joined() throws Exception {
        assertThat(lines("Error: x\n    at a (b.js:1)\n{\n  \"a\": 1\n}\n"))
                .containsExactly("Error: x", "    at a (b.js:1)", "{", "  \"a\": 1", "}");
    }

    @Test
    void text_that_begins_with_a_bracket_is_text() throws Exception {
        String prefixed = "[workflow-runner:stdout] {\"level\":\"info\"}\n[fork-runner] IPC\n";
        assertThat(lines(prefixed))
                .containsExactly("[workflow-runner:stdout] {\"level\":\"info\"}", "[fork-runner] IPC");
        assertThatThrownBy(() -> LogBody.lines(prefixed.getBytes(UTF_8), true, Map.of(), LIMITS))
                .isInstanceOf(MalformedBody.class);
    }

    @Test
    void an_arrays_elements_are_lines_with_their_source_bytes() throws Exception {
        assertThat(lines(" [ {\"a\" : 1} ,\n{\"b\":[{}]},\"text\" , null,-1.5e+3]\n"))
                .containsExactly("{\"a\" : 1}", "{\"b\":[{}]}", "\"text\"", "null", "-1.5e+3");
        assertThat(lines("[]")).isEmpty();
        assertThat(lines("[\n]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[{\"a\":1},        | 9  | a value but the body ends",
                "[{\"a\":1}         | 8  | ',' or ']'",
                "[{\"a\":1},]       | 9  | a value but found ']'",
                "[{\"a\":tru}]      | 9  | true but found '}'",
                "[{\"a\":1,}]       | 8  | a name in double quotes but found '}'",
                "[{'a':1}]          | 2  | a name in double quotes",
                "[{\"a\" 1}]        | 6  | ':' but found '1'",
                "[{\"a\":1}{\"b\":2}] | 8 | ',' or ']'",
                "[{\"a\":1}] x      | 10 | nothing after the array",
                "[{\"a\":01}]       | 7  | ',' or '}' but found '1'",
                "[{\"a\":1.}]       | 8  | a digit",
                "[{\"a\":\"\\x\"}]  | 8  | an escape",
                "[{\"a\":\"\\u12g4\"}] | 11 | four hexadecimal digits",
                "[{                 | 2  | a name in double quotes but the body ends",
                "[{\"a\":-}]        | 7  | a digit",
            })
    void a_malformed_array_is_refused_at_its_position(String body, int position, String expected) {
        assertThatThrownBy(() -> lines(body))
                .isInstanceOfSatisfying(
                        MalformedBody.class, e -> assertThat(e.position()).isEqualTo(position))
                .hasMessageContaining("Byte " + position + ": expected " + expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[[[]]]",
                "{\"\":{}}",
                "\"\\u0041\\\"\"",
                "0",
                "-0",
                "1E-9",
                "12.50",
                "true",
                "{\"a\":[1,{\"b\":null}]}"
            })
    void the_scanner_takes_what_the_grammar_takes(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        assertThat(new JsonScan(bytes).value(0, bytes.length)).isEqualTo(bytes.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[1,]", "{\"a\"}", "\"a", "\"\t\"", "nul", "-", "1e", "+1", ".5", "{\"a\":1", "\"\\"})
    void the_scanner_refuses_what_the_grammar_refuses(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        assertThat(new JsonScan(bytes).value(0, bytes.length)).isEqualTo(-1);
    }

    @Test
    void broken_utf8_is_kept_as_it_came() throws Exception {
        byte[] body = "[{\"a\":\"\u00ff\u00c3\"},{\"b\":2}]".getBytes(ISO_8859_1);
        List<Line> lines = LogBody.lines(body, true, Map.of(), LIMITS).lines();
        assertThat(lines.get(0).bytes()).isEqualTo("{\"a\":\"\u00ff\u00c3\"}".getBytes(ISO_8859_1));
        assertThat(lines).hasSize(2);
    }

    @Test
    void a_line_over_the_limit_is_refused_and_the_rest_taken() throws Exception {
        String large = "{\"a\":\"" + "x".repeat(1_000) + "\"}";
        Shipment shipment =
                LogBody.lines(("{\"a\":1}\n" + large + "\n{\"b\":2}").getBytes(UTF_8), false, Map.of(), LIMITS);
        assertThat(shipment.lines()).hasSize(2);
        RefusedLine refused = shipment.refused().get(0);
        assertThat(refused.reason()).isEqualTo("line_too_large");
        assertThat(refused.detail()).isEqualTo("1008 bytes, limit 1000");
        assertThat(refused.line().number()).isEqualTo(2);
        assertThat(refused.line()).hasToString(large);
    }

    @Test
    void too_many_lines_are_too_many_in_every_form() {
        for (String body : List.of("{}\n".repeat(1_001), "{}".repeat(1_001), "x\n".repeat(1_001))) {
            assertThatThrownBy(() -> lines(body)).isInstanceOf(TooManyLines.class);
        }
        assertThatThrownBy(() -> lines("[" + "{},".repeat(1_000) + "{}]")).isInstanceOf(TooManyLines.class);
    }

    @Test
    void nesting_without_end_is_read_without_recursion() throws Exception {
        String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        LineLimits limits = new LineLimits(10, 10_000_000);
        assertThat(LogBody.lines(("[" + deep + "]").getBytes(UTF_8), true, Map.of(), limits)
                        .lines())
                .hasSize(1);
        assertThat(LogBody.lines(deep.getBytes(UTF_8), true, Map.of(), limits).lines())
                .hasSize(1);
    }

    @Test
    @Timeout(20)
    void a_body_made_to_be_read_again_and_again_is_read_in_bounded_time() throws Exception {
        byte[] body = "{\"a\":\n".repeat(2_000_000).getBytes(UTF_8);
        LineLimits limits = new LineLimits(10_000_000, 1_000);
        assertThat(LogBody.lines(body, false, Map.of(), limits).lines()).hasSize(2_000_000);
    }

    private static List<String> lines(String body) throws MalformedBody, TooManyLines {
        return LogBody.lines(body.getBytes(UTF_8), false, Map.of(), LIMITS).lines().stream()
                .map(Line::toString)
                .toList();
    }
}
