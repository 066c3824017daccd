package io.spoor.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spoor.app.client.CommandRun;
import io.spoor.app.client.FakeSpoor;
import io.spoor.app.client.Retry;
import io.spoor.app.client.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

    private final StringWriter err = new StringWriter();
    private final AtomicLong now = new AtomicLong(1_773_311_400_000L);

    private FakeSpoor spoor;

    @TempDir
    private Path dir;

    @BeforeEach
    void start() throws IOException {
        spoor = new FakeSpoor();
    }

    @AfterEach
    void stop() {
        spoor.close();
    }

    @Test
    void a_minute_of_traffic_is_sent_by_source_with_its_truth() throws IOException {
        spoor.reply(202, "{\"accepted\":1}");
        Path truth = dir.resolve("truth.ndjson");

        assertThat(demo("--for", "60s", "--truth", truth.toString())).isZero();

        assertThat(spoor.asked)
                .isNotEmpty()
                .allMatch(asked -> asked.uri().matches("/api/v1/logs\\?env=demo&host=.+&instance=.+&service=.+"));
        List<String> runs = Files.readAllLines(truth);
        assertThat(runs).hasSizeGreaterThan(10);
        for (String run : runs) {
            JsonNode json = new ObjectMapper().readTree(run);
            assertThat(json.get("status").asText()).isIn("success", "failed", "cancelled", "lost", "running", "queued");
            assertThat(json.get("lines").asInt()).isPositive();
        }
        assertThat(err.toString()).contains("Sent ").contains("Try: ./spoor trace ");
        assertThat(sent()).contains(err.toString().replaceAll("(?s).*trace (\\S+)\\s*", "$1"));
    }

    @Test
    void no_line_is_sent_that_falls_after_the_end() {
        spoor.reply(202, "{}");

        demo("--for", "20s");

        assertThat(sent().lines()
                        .filter(line -> line.contains("\"timestamp\":\""))
                        .map(line -> Instant.parse(line.replaceAll(".*\"timestamp\":\"([^\"]+)\".*", "$1"))))
                .isNotEmpty()
                .allMatch(at -> at.toEpochMilli() < 1_773_311_400_000L + 20_000);
    }

    @Test
    void the_same_seed_sends_the_same_bytes_and_another_one_others() {
        spoor.reply(202, "{}");
        demo("--for", "5s", "--seed", "4");
        String first = sent();
        spoor.asked.clear();
        now.set(1_773_311_400_000L);
        demo("--for", "5s", "--seed", "4");
        String second = sent();
        spoor.asked.clear();
        now.set(1_773_311_400_000L);
        demo("--for", "5s", "--seed", "5");

        assertThat(second).isEqualTo(first).isNotEqualTo(sent());
    }

    @Test
    void a_refusal_ends_the_demo_with_its_sentence() {
        spoor.reply(401, "{\"detail\":\"A token is needed\"}");

        assertThat(demo("--for", "5s")).isEqualTo(1);
        assertThat(err.toString()).contains("A token is needed.");
    }

    @Test
    void wrong_usage_is_said() {
        assertThat(demo("--for", "soon")).isEqualTo(2);
        assertThat(demo("--rate", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--for is \"soon\"").contains("--rate is 0.0");
    }

    @Test
    void a_truth_that_cannot_be_written_is_one_sentence() {
        assertThat(demo("--for", "5s", "--truth", dir.resolve("no/such/file").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("The truth cannot be written to ");
    }

    /** A clock that runs a thousand times as fast as the wall's: each look is a second. */
    private int demo(String... args) {
        InstantSource clock = () -> Instant.ofEpochMilli(now.getAndAdd(1_000));
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                new PrintWriter(err, true),
                false,
                false,
                Map.of());
        Retry once = new Retry(1, Duration.ZERO, Duration.ZERO, () -> 0, wait -> {});
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--server";
        all[args.length + 1] = spoor.url();
        return CommandRun.commandLine(new DemoCommand(terminal, once, clock), new PrintWriter(err, true))
                .execute(all);
    }

    private String sent() {
        StringBuilder bodies = new StringBuilder();
        spoor.asked.forEach(asked -> bodies.append(asked.body()));
        return bodies.toString();
    }
}
