package io.spoor.app.client.ship;

import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.app.client.CommandRun;
import io.spoor.app.client.FakeSpoor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShipCommandTest {

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
    void the_lines_of_a_file_arrive_as_they_are_with_their_labels() throws IOException {
        spoor.reply(202, "{\"accepted\":2}");
        Path file = Files.writeString(dir.resolve("a.log"), "{\"a\":1}\r\n  at x\n");

        CommandRun run = ship(file.toString(), "--label", "service=agent", "--label", "host=h ü&1");

        assertThat(run.exitCode).isZero();
        assertThat(run.err).startsWith("Shipped 2 lines of 1 file (16 B) in ").endsWith("; 0 refused.\n");
        assertThat(spoor.asked).singleElement().satisfies(asked -> {
            assertThat(asked.uri()).isEqualTo("/api/v1/logs?host=h+%C3%BC%261&service=agent");
            assertThat(asked.contentType()).isEqualTo("application/x-ndjson");
            assertThat(asked.body()).isEqualTo("{\"a\":1}\r\n  at x\n");
        });
    }

    @Test
    void a_large_file_goes_in_batches_in_order_and_gzipped() throws IOException {
        spoor.reply(202, "{}");
        String lines =
                IntStream.range(0, 2_500).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        Path file = Files.writeString(dir.resolve("a.log"), lines);

        CommandRun run = ship(file.toString());

        assertThat(run.err).startsWith("Shipped 2,500 lines of 1 file (23 KiB)");
        assertThat(spoor.asked).hasSize(3).allMatch(asked -> asked.encoding().equals("gzip"));
        assertThat(spoor.asked.stream().map(FakeSpoor.Asked::body).collect(Collectors.joining()))
                .isEqualTo(lines);
    }

    @Test
    void a_gzipped_file_is_known_by_its_bytes_and_its_name_tells_the_labels() throws IOException {
        spoor.reply(202, "{\"accepted\":1}");
        Path file = dir.resolve("orchestrator-a1-b2-2026-03-12.log.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("hello".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(ship(file.toString()).exitCode).isZero();
        assertThat(spoor.asked).singleElement().satisfies(asked -> {
            assertThat(asked.uri()).isEqualTo("/api/v1/logs?instance=a1-b2&service=orchestrator");
            assertThat(asked.body()).isEqualTo("hello");
        });
    }

    @Test
    void a_gzipped_file_that_is_cut_off_fails_after_what_could_be_read() throws IOException {
        spoor.reply(202, "{}");
        Path whole = dir.resolve("whole.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            IntStream.range(0, 5_000).forEach(i -> write(out, "line " + i * 7919L + "\n"));
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(dir.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length / 2));

        CommandRun run = ship(cut.toString());

        assertThat(run.exitCode).isEqualTo(1);
        assertThat(run.err).contains("cut.gz ends in the middle of its compressed data");
    }

    @Test
    void standard_input_is_a_file_too() {
        spoor.reply(202, "{\"accepted\":1}");
        CommandRun run = new CommandRun();
        run.stdin = "{\"message\":\"ü\"}\n";

        run.of(ShipCommand::new, "-", "--server", spoor.url());

        assertThat(run.exitCode).isZero();
        assertThat(spoor.asked.get(0).body()).isEqualTo("{\"message\":\"ü\"}\n");
    }

    @Test
    void a_first_line_that_looks_like_an_array_is_sent_as_text() throws IOException {
        spoor.reply(202, "{}");
        Path file = Files.writeString(dir.resolve("a.log"), "\n  [workflow-runner:stdout] x\n{}\n");

        ship(file.toString());

        assertThat(spoor.asked.get(0).contentType()).isEqualTo("text/plain");
    }

    @Test
    void a_refused_line_is_named_by_its_file_and_number() throws IOException {
        spoor.reply(202, "{\"accepted\":1000}")
                .reply(
                        202,
                        "{\"accepted\":0,\"rejected\":2,\"errors\":[{\"line\":1,\"reason\":\"too_deep\",\"detail\":\"depth 65\"}]}");
        Path file = Files.writeString(dir.resolve("a.log"), "{}\n".repeat(1_002));

        CommandRun run = ship(file.toString());

        assertThat(run.exitCode).isEqualTo(1);
        assertThat(run.err)
                .contains("a.log:1001: refused: too_deep (depth 65)")
                .contains("a.log: refused: 1 further line")
                .contains("Shipped 1,000 lines of 1 file")
                .contains("; 2 refused.");
    }

    @Test
    void a_refused_batch_does_not_stop_the_next_one() throws IOException {
        spoor.reply(400, "{\"title\":\"Malformed\",\"detail\":\"The array ends at byte 7\"}")
                .reply(202, "{\"accepted\":1}");
        Path file = Files.writeString(dir.resolve("a.log"), "{}\n".repeat(1_001));

        CommandRun run = ship(file.toString());

        assertThat(run.exitCode).isEqualTo(1);
        assertThat(run.err)
                .contains("a.log:1-1000: refused: The array ends at byte 7.")
                .contains("Shipped 1 line");
    }

    @Test
    void blank_lines_that_the_server_leaves_out_are_counted() throws IOException {
        spoor.reply(202, "{\"accepted\":1}");
        Path file = Files.writeString(dir.resolve("a.log"), "\n{}\n\n");

        assertThat(ship(file.toString()).err).contains("Shipped 1 line of").contains("2 blank lines left out.");
    }

    @Test
    void a_busy_server_is_asked_again_as_late_as_it_wishes() throws IOException {
        spoor.reply(503, Map.of("Retry-After", "7"), "{}").reply(429, "{}").reply(202, "{\"accepted\":1}");
        Path file = Files.writeString(dir.resolve("a.log"), "x\n");

        CommandRun run = ship(file.toString());

        assertThat(run.exitCode).isZero();
        assertThat(run.waits).hasSize(2);
        assertThat(run.waits.get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
        assertThat(run.waits.get(1)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void a_server_that_stays_busy_is_given_up_after_five_attempts() throws IOException {
        spoor.reply(503, "{\"detail\":\"Kafka is away.\"}");
        Path file = Files.writeString(dir.resolve("a.log"), "x\n");

        CommandRun run = ship(file.toString());

        assertThat(run.exitCode).isEqualTo(4);
        assertThat(run.err).contains("Shipped 0 lines").endsWith("Kafka is away.\n");
        assertThat(spoor.asked).hasSize(5);
    }

    @Test
    void a_server_that_asks_for_more_patience_than_there_is_is_given_up_at_once() throws IOException {
        spoor.reply(503, Map.of("Retry-After", "3600"), "{}");
        Path file = Files.writeString(dir.resolve("a.log"), "x\n");

        assertThat(ship(file.toString()).exitCode).isEqualTo(4);
        assertThat(spoor.asked).hasSize(1);
    }

    @Test
    void a_server_that_is_away_is_one_sentence() throws IOException {
        spoor.close();
        Path file = Files.writeString(dir.resolve("a.log"), "x\n");

        CommandRun run = ship(file.toString());

        assertThat(run.exitCode).isEqualTo(1);
        assertThat(run.err).contains("\nNothing answers at " + spoor.url() + ". Start Spoor with `./spoor up`");
        assertThat(run.waits).hasSize(4);
    }

    @Test
    void a_refusal_to_talk_ends_the_delivery() throws IOException {
        spoor.reply(401, "{\"title\":\"A token is needed\"}");
        Path file = Files.writeString(dir.resolve("a.log"), "{}\n".repeat(3_000));

        CommandRun run = ship(file.toString());

        assertThat(run.exitCode).isEqualTo(1);
        assertThat(run.err).endsWith("A token is needed. Set SPOOR_TOKEN, or name a file with --token-file.\n");
        assertThat(spoor.asked).hasSize(1);
    }

    @Test
    void nothing_is_shipped_when_one_of_the_files_is_missing() throws IOException {
        Path file = Files.writeString(dir.resolve("a.log"), "x\n");

        CommandRun run = ship(file.toString(), dir.resolve("b.log").toString());

        assertThat(run.exitCode).isEqualTo(1);
        assertThat(run.err).startsWith("There is no file " + dir.resolve("b.log") + ". Nothing was shipped.");
        assertThat(spoor.asked).isEmpty();
    }

    @Test
    void a_directory_is_not_a_file() {
        assertThat(ship(dir.toString()).err).contains("is a directory; name the files in it");
    }

    @Test
    void an_unknown_label_and_an_address_that_is_none_are_wrong_usage() throws IOException {
        Path file = Files.writeString(dir.resolve("a.log"), "x\n");

        assertThat(ship(file.toString(), "--label", "colour=red").exitCode).isEqualTo(2);
        CommandRun run = new CommandRun().of(ShipCommand::new, file.toString(), "--server", "localhost:7070");
        assertThat(run.exitCode).isEqualTo(2);
        assertThat(run.err).contains("--server is \"localhost:7070\"; write an address such as http://127.0.0.1:7070.");
    }

    @Test
    void quiet_says_nothing_when_all_is_well() throws IOException {
        spoor.reply(202, "{}");
        Path file = Files.writeString(dir.resolve("a.log"), "x\n");

        assertThat(ship(file.toString(), "--quiet").err).isEmpty();
    }

    @Test
    void with_join_a_crash_trace_is_one_line_and_a_refusal_still_names_the_physical_one() throws IOException {
        spoor.reply(
                202,
                "{\"accepted\":2,\"rejected\":1,\"errors\":[{\"line\":3,\"reason\":\"too_deep\",\"detail\":\"depth 65\"}]}");
        Path file = Files.writeString(dir.resolve("a.log"), "{\"a\":\"ü\"}\r\n\nError: \\ \u001b\n\tat x\n{}\n");

        CommandRun run = ship(file.toString(), "--join");

        assertThat(spoor.asked).singleElement().satisfies(asked -> {
            assertThat(asked.contentType()).isEqualTo("application/json");
            assertThat(asked.body()).isEqualTo("[\"{\\\"a\\\":\\\"ü\\\"}\",\"Error: \\\\ \\u001b\\n\\tat x\",\"{}\"]");
        });
        assertThat(run.err).contains("a.log:5: refused: too_deep").contains("1 blank line left out.");
    }

    @Test
    void without_join_each_physical_line_is_a_line() throws IOException {
        spoor.reply(202, "{}");
        Path file = Files.writeString(dir.resolve("a.log"), "Error\n  at x\n");

        ship(file.toString());

        assertThat(spoor.asked.get(0).body()).isEqualTo("Error\n  at x\n");
    }

    @Test
    void a_batch_that_is_too_large_is_halved() throws IOException {
        spoor.reply(413, "{\"detail\":\"The body is too large\"}")
                .reply(202, "{\"accepted\":1}")
                .reply(413, "{\"detail\":\"The body is too large\"}")
                .reply(202, "{\"accepted\":1}")
                .reply(413, "{\"detail\":\"The body is too large\"}");
        Path file = Files.writeString(dir.resolve("a.log"), "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");

        CommandRun run = ship(file.toString());

        assertThat(spoor.asked.stream().map(FakeSpoor.Asked::body).skip(1))
                .containsExactly("{\"n\":1}\n", "{\"n\":2}\n{\"n\":3}\n", "{\"n\":2}\n", "{\"n\":3}\n");
        assertThat(run.err).contains("a.log:3: refused: The body is too large.").contains("Shipped 2 lines");
    }

    @Test
    void a_quoted_pattern_stands_for_its_files() throws IOException {
        spoor.reply(202, "{}");
        Files.writeString(dir.resolve("b.log"), "b\n");
        Files.writeString(dir.resolve("a.log"), "a\n");
        Files.writeString(dir.resolve("a.txt"), "x\n");

        assertThat(ship(dir + "/*.log").exitCode).isZero();
        assertThat(spoor.asked.stream().map(FakeSpoor.Asked::body)).containsExactly("a\n", "b\n");
        assertThat(ship(dir + "/*.csv").err).startsWith("No file matches " + dir + "/*.csv. Nothing was shipped.");
    }

    @Test
    void following_survives_a_server_that_is_away_and_ends_cleanly_when_told_to() throws IOException {
        spoor.reply(503, "{}").reply(502, "{}").reply(202, "{}");
        Path file = Files.writeString(dir.resolve("a.log"), "{\"n\":1}\n");
        Path state = dir.resolve("state");

        CommandRun first = following(3, file.toString(), "--state", state.toString(), "--to", spoor.url());
        CommandRun second = following(1, file.toString(), "--state", state.toString(), "--to", spoor.url());

        assertThat(first.exitCode).isZero();
        assertThat(first.err)
                .contains(spoor.url() + " does not take lines now; asking again until it does.\n" + spoor.url()
                        + " takes lines again.\n")
                .contains("Shipped 1 line of 1 file");
        assertThat(second.err).contains("Shipped 0 lines of 1 file");
        assertThat(spoor.asked).hasSize(3);
        assertThat(state.resolve("positions.json")).content().contains("\"offset\" : 8");
    }

    @Test
    void told_to_stop_while_the_server_is_away_the_line_stays_for_the_next_start() throws IOException {
        spoor.reply(503, "{}");
        Path file = Files.writeString(dir.resolve("a.log"), "{\"n\":1}\n");
        Path state = dir.resolve("state");

        CommandRun run = following(2, file.toString(), "--state", state.toString(), "--to", spoor.url());

        assertThat(run.exitCode).isZero();
        assertThat(run.err).contains("Shipped 0 lines");
    }

    @Test
    void following_takes_standard_input_alone_and_a_state_directory_for_files_only() {
        assertThat(ship("--follow", "-", "a.log").exitCode).isEqualTo(2);
        assertThat(ship("--state", "x", "a.log").exitCode).isEqualTo(2);
        assertThat(ship("--kafka", "nonsense", "-").exitCode).isEqualTo(2);
        assertThat(ship("--follow", "a[.log").exitCode).isEqualTo(2);
    }

    /** Stops after so many waits, each of which returns at once. */
    private CommandRun following(int waits, String... args) {
        String[] all = Arrays.copyOf(args, args.length + 1);
        all[args.length] = "--follow";
        AtomicInteger left = new AtomicInteger(waits);
        return new CommandRun()
                .of(
                        (terminal, retry) -> new ShipCommand(
                                terminal,
                                retry,
                                InstantSource.system(),
                                () -> wait -> (wait.isZero() ? left.get() : left.getAndDecrement()) <= 0),
                        all);
    }

    private CommandRun ship(String... args) {
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--server";
        all[args.length + 1] = spoor.url();
        return new CommandRun().of(ShipCommand::new, all);
    }

    private static void write(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
