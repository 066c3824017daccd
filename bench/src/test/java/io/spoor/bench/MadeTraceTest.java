package io.spoor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MadeTraceTest {

    @Test
    void its_lines_are_of_the_promised_size_and_carry_its_ids() throws Exception {
        Random random = new Random(1);
        MadeTrace trace = MadeTrace.of(random, 1_773_311_400_000L);
        for (int number = 0; number < MadeTrace.LINES; number++) {
            StringBuilder line = new StringBuilder();
            trace.appendLine(number, random, line);
            assertThat(line.length()).isBetween(MadeTrace.LINE_BYTES - 20, MadeTrace.LINE_BYTES + 20);
            assertThat(line.toString()).endsWith("}\n").containsOnlyOnce("\n");
            JsonNode json = new JsonMapper().readTree(line.toString());
            assertThat(json.get("requestId").textValue()).isEqualTo(trace.requestId());
            assertThat(json.get("timestamp").textValue()).startsWith("2026-03-12T10:30:0");
        }
    }
}
