package io.spoor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.spoor.model.Stamp.Flag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrichedLineTest {
    private static final Stamp STAMP = new Stamp(
            new LineId(3, 8841, 2),
            1773311400000L,
            "agent",
            ",\"spoor\":{",
            "h\\1",
            null,
            "spoor",
            Level.WARN,
            true,
            Milestone.JOB_STARTED,
            "http",
            Set.of(Flag.SKEWED, Flag.NESTED));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ }",
                "{\"a\":1}",
                "{\"a\":1 }",
                "{\n  \"a\" : [1, 2]\n}",
                "{\"a\":{}}",
                "{\"spoor\":{\"id\":\"evil\"}}",
                "{\"spoor\":{\"id\":\"evil\"},\"spoor\":{}}",
                "{\"message\":\"\\\",\\\"spoor\\\":{ grüße \uD83D\uDC3E\"}",
                "{\"a\":1,\"a\":2}",
                "{\"n\":123456789012345678901234567890.10}"
            })
    void the_original_bytes_come_back_exactly(String json) throws IOException {
        byte[] original = json.getBytes(StandardCharsets.UTF_8);
        byte[] framed = ("xx" + json + "yy").getBytes(StandardCharsets.UTF_8);

        byte[] enriched = EnrichedLine.ofObject(framed, 2, original.length, STAMP);

        assertThat(EnrichedLine.of(enriched).original()).isEqualTo(original);
        assertThat(EnrichedLine.of(enriched).stamp()).isEqualTo(STAMP);
        assertThat(new JsonMapper().readTree(enriched).get("spoor").get("tier").textValue())
                .isEqualTo("agent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"    at x (y.ts:1:2)", "a\nb\tc\u0000\u001b[1m", "{\"spoor\":{", "", "ünïcode \uD83D\uDC3E"})
    void text_is_wrapped_as_it_stands(String text) throws IOException {
        EnrichedLine line = EnrichedLine.of(EnrichedLine.ofText(text, STAMP));

        JsonNode original = new JsonMapper().readTree(line.original());
        assertThat(original.size()).isEqualTo(1);
        assertThat(original.get("message").textValue()).isEqualTo(text);
        assertThat(line.stamp()).isEqualTo(STAMP);
    }

    @Test
    void a_stamp_with_only_what_must_be_there_comes_back() {
        Stamp bare = new Stamp(
                new LineId(0, 0, LineId.ALONE),
                -1,
                "unknown",
                null,
                null,
                null,
                null,
                Level.INFO,
                false,
                null,
                null,
                Set.of());

        assertThat(EnrichedLine.of(EnrichedLine.ofText("x", bare)).stamp()).isEqualTo(bare);
    }

    @Test
    void bytes_without_a_stamp_are_refused() {
        assertThatThrownBy(() -> EnrichedLine.of("{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void metadata_of_any_kind_does_not_hide_the_stamp() {
        String meta = "{\"spoor\":{\"id\":\"evil\"},\"a\\\"spoor\":{\"b\":1.50},\"spoor\":1,\"t\":\"\\\"spoor\\\":{\"}";
        Stamp said = new Stamp(
                STAMP.id(), 7, "agent", null, null, null, null, Level.INFO, false, null, "loki", Set.of(), meta);
        byte[] object = "{\"spoor\":{\"x\":1}}".getBytes(StandardCharsets.UTF_8);
        EnrichedLine line = EnrichedLine.of(EnrichedLine.ofObject(object, 0, object.length, said));
        assertThat(line.original()).isEqualTo(object);
        assertThat(line.stamp()).isEqualTo(said);
        assertThat(said.meta())
                .isEqualTo(
                        "{\"_spoor\":{\"id\":\"evil\"},\"a\\\"_spoor\":{\"b\":1.50},\"spoor\":1,\"t\":\"\\\"spoor\\\":{\"}");
    }
}
