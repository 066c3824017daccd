package io.spoor.ingest.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LokiProtobufTest {
    private static final LineLimits LIMITS = new LineLimits(100, 1_000);

    @Test
    void labels_times_and_metadata_become_headers_as_in_json() throws Exception {
        ProtoWriter stream = new ProtoWriter()
                .message(2, entry(1_773_311_400L, 5, "{\"a\":1}").message(3, pair("requestId", "6f1c")))
                .message(2, new ProtoWriter().text(2, "  x").number(9, 5))
                .text(1, "{service=\"orchestrator\", host=\"o1\", env=\"\", filename=\"/l\"}")
                .number(3, 77);
        Shipment shipment = push(stream);
        assertThat(shipment.lines()).extracting(Line::toString).containsExactly("{\"a\":1}", "  x");
        assertThat(shipment.lines().get(0).headers())
                .containsOnly(
                        Map.entry("spoor.via", "loki"),
                        Map.entry("spoor.service", "orchestrator"),
                        Map.entry("spoor.host", "o1"),
                        Map.entry("spoor.meta.filename", "/l"),
                        Map.entry("spoor.at", "1773311400000000005"),
                        Map.entry("spoor.meta.requestId", "6f1c"));
        assertThat(shipment.lines().get(1).headers()).doesNotContainKey("spoor.at");
    }

    @Test
    void absurd_times_are_left_out() throws Exception {
        for (ProtoWriter entry : new ProtoWriter[] {
            entry(Long.MAX_VALUE, 0, "x"),
            entry(Long.MIN_VALUE, 0, "x"),
            entry(1, 2_000_000_000, "x"),
            entry(1, -1, "x")
        }) {
            assertThat(push(new ProtoWriter().text(1, "{}").message(2, entry))
                            .lines()
                            .get(0)
                            .headers())
                    .doesNotContainKey("spoor.at");
        }
        assertThat(push(new ProtoWriter().text(1, "{}").message(2, entry(-2, 1, "x")))
                        .lines()
                        .get(0)
                        .headers())
                .containsEntry("spoor.at", "-1999999999");
    }

    @Test
    void of_ten_thousand_labels_fifteen_are_kept() throws Exception {
        String labels = IntStream.range(0, 10_000)
                .mapToObj(i -> "l" + i + "=\"v\"")
                .collect(Collectors.joining(",", "{service=\"s\",", ",}"));
        Map<String, String> headers = push(new ProtoWriter().text(1, labels).message(2, entry(1, 0, "x")))
                .lines()
                .get(0)
                .headers();
        assertThat(headers).hasSize(18).containsEntry("spoor.service", "s");
    }

    @Test
    void a_body_cut_anywhere_is_malformed() {
        byte[] whole = new ProtoWriter()
                .message(1, new ProtoWriter().text(1, "{a=\"b\"}").message(2, entry(1, 2, "line")))
                .toByteArray();
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> LokiProtobuf.lines(cut, "loki", LIMITS)).isInstanceOf(MalformedBody.class);
        }
    }

    @Test
    void a_value_may_have_every_escape_of_go() throws Exception {
        assertThat(labels(" { a = \"\\\\ \\\" \\n\\t\\x41\\u00e9\\U0001F600\\101é\" , b=`\\n`, c='x' , } "))
                .containsOnly(Map.entry("a", "\\ \" \n\tAé\uD83D\uDE00Aé"), Map.entry("b", "\\n"), Map.entry("c", "x"));
        assertThat(labels("{}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}",
                "a",
                "{a}",
                "{a=}",
                "{a=b}",
                "{a=\"b}",
                "{a=\"b\" c=\"d\"}",
                "{,}",
                "{a-b=\"c\"}",
                "{1=\"c\"}",
                "{é=\"c\"}",
                "{a=\"\\q\"}",
                "{a=\"\\x4\"}",
                "{a=\"\\ud800\"}",
                "{a=\"\\U00110000\"}",
                "{a=\"b\"} x",
                "{a=\"\\"
            })
    void other_selectors_are_malformed(String text) {
        assertThatThrownBy(() -> labels(text))
                .isInstanceOf(MalformedBody.class)
                .hasMessageContaining("couldn't parse labels");
    }

    private static Map<String, String> labels(String text) throws MalformedBody {
        byte[] bytes = text.getBytes(UTF_8);
        return LabelSelector.parse(bytes, 0, bytes.length);
    }

    private static ProtoWriter entry(long seconds, long nanos, String line) {
        return new ProtoWriter()
                .message(1, new ProtoWriter().number(1, seconds).number(2, nanos))
                .text(2, line);
    }

    private static ProtoWriter pair(String name, String value) {
        return new ProtoWriter().text(1, name).text(2, value);
    }

    private static Shipment push(ProtoWriter stream) throws MalformedBody, TooManyLines {
        return LokiProtobuf.lines(new ProtoWriter().message(1, stream).toByteArray(), "loki", LIMITS);
    }
}
