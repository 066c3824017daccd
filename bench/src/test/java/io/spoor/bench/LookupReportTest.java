package io.spoor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupReportTest {
    private static final LookupBench.Plan PLAN = new LookupBench.Plan(2000, 200, Duration.ofSeconds(20));
    private static final Latencies HEALTH = new Latencies(4000, 0, 0.4, 0.6, 1.25, 3.5);

    @Test
    void the_text_stands_beside_its_baseline_and_its_bound() {
        String text = report(9.9994, 0).text();
        assertThat(text.lines()).first().isEqualTo("spoor 1, Kafka 2, Java 3");
        assertThat(text.lines())
                .contains(
                        "2,000 traces of 40 lines of 400 bytes; 200 requests/s for 20 s, counted from when each was due",
                        "milliseconds             requests failed       p50       p90       p99       max",
                        "baseline: GET /health        4000      0      0.40      0.60      1.25      3.50",
                        "GET /api/v1/traces/{id}      4000      0      2.00      3.00     10.00     20.00",
                        "bound                                  0                         10.00")
                .last()
                .isEqualTo("pass");
    }

    @ParameterizedTest
    @CsvSource({"10.0, 0, true", "10.001, 0, false", "1.0, 1, false"})
    void a_lookup_that_fails_or_takes_too_long_is_a_miss(double p99, long failed, boolean pass) throws Exception {
        LookupReport report = report(p99, failed);
        JsonNode json = new JsonMapper().readTree(report.json());
        assertThat(json.get("pass").booleanValue()).isEqualTo(pass);
        assertThat(json.at("/lookup/p99Ms").doubleValue()).isEqualTo(p99);
        assertThat(json.at("/baseline/requests").longValue()).isEqualTo(4000);
        assertThat(report.text().lines()).last().isEqualTo(pass ? "pass" : "MISS");
    }

    private static LookupReport report(double p99, long failed) {
        Latencies lookup = new Latencies(4000, failed, 2, 3, p99, 20);
        return new LookupReport(PLAN, new LookupBench.Result(HEALTH, lookup), "spoor 1, Kafka 2, Java 3");
    }
}
