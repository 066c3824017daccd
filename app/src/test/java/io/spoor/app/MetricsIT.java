package io.spoor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.app.up.RunningSpoor;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus scrapes from a Spoor that has seen some traffic. */
class MetricsIT {
    private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5";
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*\\})? \\S+( \\S+)?( # .*)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    @TempDir
    static Path data;

    private static RunningSpoor spoor;
    private static final String RUN_ID = UUID.randomUUID().toString();
    private static final String SECRET = "a-message-that-no-label-may-hold";

    @BeforeAll
    static void make_some_traffic() {
        spoor = RunningSpoor.start(data, Map.of());
        String line =
                "{\"runId\":\"" + RUN_ID + "\",\"requestId\":\"of-" + RUN_ID + "\",\"message\":\"" + SECRET + "\"}";
        String path = "/api/v1/logs?service=agent&instance=" + RUN_ID + "&host=" + RUN_ID;
        assertThat(spoor.post(path, "application/x-ndjson", line + "\n" + SECRET + "\n\n")
                        .statusCode())
                .isEqualTo(202);
        spoor.awaitCaughtUp();
        assertThat(spoor.get("/api/v1/traces/" + RUN_ID).statusCode()).isEqualTo(200);
        assertThat(spoor.get("/api/v1/traces/of-" + RUN_ID).statusCode()).isEqualTo(200);
        assertThat(spoor.get("/" + RUN_ID).statusCode()).isEqualTo(404);
    }

    @AfterAll
    static void close() {
        spoor.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OPEN_METRICS})
    void every_line_is_a_sample_or_a_comment_of_the_format(String accept) {
        assertThat(lines(accept))
                .allMatch(line -> line.startsWith("# ") || SAMPLE.matcher(line).matches());
    }

    @Test
    void prometheus_gets_open_metrics_which_end_as_they_must_and_others_get_text() {
        HttpResponse<byte[]> open = scrape(OPEN_METRICS);
        assertThat(open.headers().firstValue("Content-Type").orElse("")).startsWith("application/openmetrics-text;");
        assertThat(RunningSpoor.text(open)).endsWith("\n# EOF\n");
        HttpResponse<byte[]> text = scrape("");
        assertThat(text.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
        assertThat(RunningSpoor.text(text)).endsWith("\n").doesNotContain("# EOF");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OPEN_METRICS})
    void spoors_own_meters_are_there_beside_those_of_kafka_and_the_jvm(String accept) {
        Set<String> names = lines(accept).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names)
                .contains("spoor_http_requests_seconds_count", "spoor_http_requests_seconds_bucket")
                .anyMatch(name -> name.startsWith("spoor_ingest_"))
                .anyMatch(name -> name.startsWith("spoor_enrich_"))
                .anyMatch(name -> name.startsWith("kafka_producer_"))
                .anyMatch(name -> name.startsWith("kafka_consumer_"))
                .anyMatch(name -> name.startsWith("kafka_stream_"))
                .anyMatch(name -> name.startsWith("jvm_memory_used"))
                .anyMatch(name -> name.startsWith("process_"))
                .allMatch(name -> name.matches("(spoor|kafka|jvm|process|system|disk)_.*"), "of a known family");
    }

    @Test
    void no_label_holds_an_id_a_message_or_what_a_shipper_said() {
        assertThat(lines(""))
                .filteredOn(line -> line.startsWith("spoor_") || line.startsWith("jvm_"))
                .isNotEmpty()
                .noneMatch(line -> line.contains(RUN_ID))
                .noneMatch(line -> line.contains(SECRET));
        assertThat(RunningSpoor.text(scrape(""))).doesNotContain(RUN_ID, SECRET);
    }

    @Test
    void a_route_is_told_by_its_template() {
        assertThat(lines("").stream().filter(line -> line.startsWith("spoor_http_requests_seconds_count")))
                .anyMatch(line -> line.contains("route=\"/api/v1/traces/<id>\"") && line.contains("status=\"200\""))
                .anyMatch(line -> line.contains("route=\"/api/v1/logs\"") && line.contains("status=\"202\""))
                .anyMatch(line -> line.contains("route=\"none\"") && line.contains("status=\"404\""));
    }

    @Test
    void a_series_is_there_once() {
        List<String> series = new ArrayList<>();
        for (String line : lines("")) {
            Matcher sample = SAMPLE.matcher(line);
            if (!line.startsWith("#") && sample.matches()) {
                Set<String> labels = new TreeSet<>();
                Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
                while (label.find()) {
                    labels.add(label.group());
                }
                series.add(sample.group(1) + labels);
            }
        }
        assertThat(series).isNotEmpty().doesNotHaveDuplicates();
    }

    private static List<String> lines(String accept) {
        return RunningSpoor.text(scrape(accept)).lines().toList();
    }

    private static HttpResponse<byte[]> scrape(String accept) {
        HttpResponse<byte[]> answer =
                accept.isEmpty() ? spoor.get("/metrics") : spoor.get("/metrics", "Accept", accept);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }
}
