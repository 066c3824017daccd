package io.spoor.ingest.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LokiPushTest {
    private static final LineLimits LIMITS = new LineLimits(100, 1_000);

    @Test
    void labels_times_and_metadata_become_headers() throws Exception {
        Shipment shipment = push("""
                {"streams":[{"values":[["1773311400000000000","{\\"a\\":\\"\\u00e9\\"}",{"requestId":"6f1c"},"ignored"],
                  null,["-1","  x"]],"stream":{"service":"orchestrator","host":"o1","env":"","filename":"/l"}},
                  {"stream":null,"values":null}],"more":[{}]}""");
        assertThat(shipment.lines()).extracting(Line::toString).containsExactly("{\"a\":\"é\"}", "  x");
        assertThat(shipment.lines().get(0).headers())
                .containsOnly(
                        Map.entry("spoor.via", "loki"),
                        Map.entry("spoor.service", "orchestrator"),
                        Map.entry("spoor.host", "o1"),
                        Map.entry("spoor.meta.filename", "/l"),
                        Map.entry("spoor.at", "1773311400000000000"),
                        Map.entry("spoor.meta.requestId", "6f1c"));
        assertThat(shipment.lines().get(1).headers())
                .containsEntry("spoor.at", "-1")
                .doesNotContainKey("spoor.meta.requestId");
    }

    @Test
    void other_names_of_our_labels_are_understood() throws Exception {
        Map<String, String> headers = push("""
                {"streams":[{"stream":{"service_name":" agent\\n2 ","hostname":"h","environment":"prod","container_id":"c"},
                "values":[["1","x"]]}]}""").lines().get(0).headers();
        assertThat(headers)
                .containsEntry("spoor.service", "agent_2")
                .containsEntry("spoor.host", "h")
                .containsEntry("spoor.env", "prod")
                .containsEntry("spoor.instance", "c");
    }

    @Test
    void at_most_fifteen_foreign_labels_are_kept() throws Exception {
        String labels =
                IntStream.range(0, 40).mapToObj(i -> "\"l" + i + "\":\"v\"").collect(Collectors.joining(","));
        Map<String, String> headers = push("{\"streams\":[{\"stream\":{" + labels + ",\"service\":\"s\"},"
                        + "\"values\":[[\"1\",\"x\",{\"m\":\"" + "v".repeat(3_000) + "\"}]]}]}")
                .lines()
                .get(0)
                .headers();
        assertThat(headers.keySet())
                .filteredOn(name -> name.startsWith("spoor.meta."))
                .hasSize(15);
        assertThat(headers).containsEntry("spoor.service", "s");
    }

    @Test
    void blank_entries_are_counted_and_large_ones_refused() throws Exception {
        Shipment shipment = push("{\"streams\":[{\"stream\":{\"service\":\"s\"},\"values\":[[\"1\",\" \"],[\"2\",\""
                + "x".repeat(1_001) + "\"],[\"3\",\"y\"]]}]}");
        assertThat(shipment.blank()).isEqualTo(1);
        assertThat(shipment.refused()).hasSize(1);
        assertThat(shipment.lines()).hasToString("[y]");
    }

    @Test
    void nothing_to_take_is_fine() throws Exception {
        assertThat(push("{}").lines()).isEmpty();
        assertThat(push("{\"streams\":[]}").lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"streams\":{}}",
                "{\"streams\":[1]}",
                "{\"streams\":[{\"stream\":[],\"values\":[]}]}",
                "{\"streams\":[{\"stream\":{\"a\":1},\"values\":[]}]}",
                "{\"streams\":[{\"stream\":{\"a-b\":\"x\"},\"values\":[]}]}",
                "{\"streams\":[{\"stream\":{},\"values\":[[1,\"x\"]]}]}",
                "{\"streams\":[{\"stream\":{},\"values\":[[\"x\",\"x\"]]}]}",
                "{\"streams\":[{\"stream\":{},\"values\":[[\"99999999999999999999\",\"x\"]]}]}",
                "{\"streams\":[{\"stream\":{},\"values\":[[\"1\"]]}]}",
                "{\"streams\":[{\"stream\":{},\"values\":[[\"1\",2]]}]}",
                "{\"streams\":[{\"stream\":{},\"values\":[[\"1\",\"x\",{\"a\":1}]]}]}",
                "{\"streams\":[{\"stream\":{},\"values\":[[\"1\",\"x\",\"y\"]]}]}",
                "{\"streams\":[]} {}",
                "\u0000\u0001\u0002",
            })
    void another_shape_is_refused_as_a_whole(String body) {
        assertThatThrownBy(() -> push(body)).isInstanceOf(MalformedBody.class).hasMessageStartingWith("Byte ");
    }

    @Test
    void nesting_without_end_is_refused() {
        assertThatThrownBy(() -> push("{\"x\":" + "[".repeat(100_000))).isInstanceOf(MalformedBody.class);
    }

    private static Shipment push(String body) throws MalformedBody, TooManyLines {
        return LokiPush.lines(body.getBytes(UTF_8), "loki", LIMITS);
    }
}
