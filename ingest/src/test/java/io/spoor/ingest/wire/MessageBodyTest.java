package io.spoor.ingest.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBodyTest {
    private static final LineLimits LIMITS = new LineLimits(10_000, 1_000_000);
    private static final String GOOD = "{\"name\":\"kici_x\",\"type\":\"counter\",\"value\":1.50}";

    @Test
    void messages_with_a_type_keep_their_bytes_and_others_are_refused_by_themselves() throws Exception {
        Shipment shipment =
                events("{\"type\":\"run.event\", \"x\":1e400}\n{\"type\":\"\"}\nx\n{\"type\":1}\n\n{\"a\":");
        assertThat(shipment.lines()).hasToString("[{\"type\":\"run.event\", \"x\":1e400}]");
        assertThat(shipment.refused()).extracting(r -> r.line().number()).containsExactly(2, 3, 4, 6);
        assertThat(shipment.refused())
                .extracting(RefusedLine::reason)
                .containsExactly("no_type", "not_an_object", "no_type", "not_an_object");
        assertThat(shipment.numbering()).isEqualTo(Shipment.Numbering.LINES);
        assertThat(events("[{\"type\":\"a\"},5]").numbering()).isEqualTo(Shipment.Numbering.ELEMENTS);
    }

    @Test
    void a_push_within_the_limits_keeps_its_bytes() throws Exception {
        String labels = IntStream.range(0, 15)
                .mapToObj(i -> "\"" + "n".repeat(62) + (10 + i) + "\":\"" + "v".repeat(256) + "\"")
                .collect(Collectors.joining(","));
        String buckets = "{\"le\":1,\"count\":2},".repeat(29) + "{\"le\":\"+Inf\",\"count\":2}";
        String push = push("{\"name\":\"" + "n".repeat(128) + "\",\"type\":\"histogram\",\"labels\":{" + labels
                + "},\"buckets\":[" + buckets + "],\"count\":1,\"sum\":0.50}" + ("," + GOOD).repeat(1_999));
        Shipment shipment = metrics(push);
        assertThat(shipment.refused()).isEmpty();
        assertThat(shipment.lines()).hasToString("[" + push + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "{}",
                "{\"name\":\"\",\"type\":\"gauge\"}",
                "{\"name\":5,\"type\":\"gauge\"}",
                "{\"name\":\"x\"}",
                "{\"name\":\"x\",\"type\":\"Gauge\"}",
                "{\"name\":\"x\",\"type\":\"gauge\",\"value\":\"1\"}",
                "{\"name\":\"x\",\"type\":\"gauge\",\"labels\":[]}",
                "{\"name\":\"x\",\"type\":\"gauge\",\"labels\":{\"a\":{}}}",
                "{\"name\":\"x\",\"type\":\"gauge\",\"buckets\":{}}",
                "{\"name\":\"x\",\"type\":\"gauge\",\"buckets\":[{\"le\":1}]}"
            })
    void a_bad_point_is_named_and_the_rest_is_taken(String point) throws Exception {
        Shipment shipment = metrics(push(GOOD + "," + point + "," + GOOD));
        assertThat(shipment.refused()).hasSize(1);
        assertThat(shipment.refused().get(0).detail()).startsWith("metrics[1]");
        assertThat(shipment.refused().get(0).line()).hasToString(point);
        assertThat(shipment.lines()).hasToString("[" + push(GOOD + "," + GOOD) + "]");
    }

    @Test
    void each_limit_of_the_protocol_is_enforced() throws Exception {
        assertThat(detail("{\"name\":\"" + "n".repeat(129) + "\",\"type\":\"gauge\"}"))
                .contains("name of 129");
        assertThat(detail("{\"name\":\"x\",\"type\":\"gauge\",\"labels\":{\"" + "n".repeat(65) + "\":\"v\"}}"))
                .contains("label name of 65");
        assertThat(detail("{\"name\":\"x\",\"type\":\"gauge\",\"labels\":{\"n\":\"" + "v".repeat(257) + "\"}}"))
                .contains("label value of 257");
        String labels =
                IntStream.range(0, 16).mapToObj(i -> "\"l" + i + "\":\"\"").collect(Collectors.joining(","));
        assertThat(detail("{\"name\":\"x\",\"type\":\"gauge\",\"labels\":{" + labels + "}}"))
                .contains("16 labels");
        assertThat(detail("{\"name\":\"x\",\"type\":\"histogram\",\"buckets\":[1" + ",1".repeat(30) + "]}"))
                .contains("31 buckets");
        Shipment many = metrics(push(GOOD + ("," + GOOD).repeat(2_000)));
        assertThat(many.lines()).isEmpty();
        assertThat(many.refused().get(0).detail()).isEqualTo("2001 metrics, limit 2000");
    }

    @Test
    void reports_of_other_types_pass_and_a_push_without_metrics_does_not() throws Exception {
        Shipment shipment = metrics("{\"type\":\"fleet.report\",\"agents\":[]}\n{\"type\":\"orch.metrics\"}");
        assertThat(shipment.lines()).hasSize(1);
        assertThat(shipment.refused()).hasSize(1);
    }

    @Test
    void what_was_half_a_surrogate_pair_stays_so() throws Exception {
        Shipment shipment = metrics("{\"type\":\"agent.metrics\",\"x\":\"\\uD800\",\"metrics\":[1]}");
        assertThat(shipment.lines()).hasToString("[{\"type\":\"agent.metrics\",\"x\":\"\\uD800\",\"metrics\":[]}]");
    }

    private static String detail(String point) throws Exception {
        return metrics(push(point)).refused().get(0).detail();
    }

    private static String push(String points) {
        return "{\"type\":\"agent.metrics\",\"agentId\":\"a\",\"metrics\":[" + points + "]}";
    }

    private static Shipment events(String body) throws Exception {
        return MessageBody.events(body.getBytes(UTF_8), false, Map.of(), LIMITS);
    }

    private static Shipment metrics(String body) throws Exception {
        return MessageBody.metrics(body.getBytes(UTF_8), false, Map.of(), LIMITS);
    }
}
