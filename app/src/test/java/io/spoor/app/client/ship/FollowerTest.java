package io.spoor.app.client.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.spoor.app.Failure;
import io.spoor.app.client.Labels;
import io.spoor.app.client.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowerTest {

    /** What kills a follower in the middle of something. */
    private static final class Killed extends Error {}

    /** Remembers all lines that reached it. */
    private static final class Received implements Target {
        final List<String> lines = new ArrayList<>();
        final List<Map<String, String>> labels = new ArrayList<>();
        int largestBytes;
        int largestLines;
        Runnable before = () -> {};
        Runnable after = () -> {};

        @Override
        public Receipt deliver(Batch batch, Labels of) {
            before.run();
            for (int i = 0; i < batch.lines(); i++) {
                int start = batch.lineStart(i);
                lines.add(new String(batch.buffer(), start, batch.lineEnd(i) - start, StandardCharsets.UTF_8));
            }
            largestBytes = Math.max(largestBytes, (int) batch.bytes());
            largestLines = Math.max(largestLines, batch.lines());
            labels.add(of.values());
            after.run();
            return new Receipt(batch.lines(), 0, List.of(), 0);
        }
    }

    @TempDir
    private Path dir;

    private final Received received = new Received();
    private final StringWriter err = new StringWriter();
    private ShipReport report = report();
    private Instant now = Instant.now();
    private boolean stopped;
    private Path log;

    @SuppressWarnings("NullAway.Init") // by follow()
    private Places places;

    @SuppressWarnings("NullAway.Init")
    private Follower follower;

    @BeforeEach
    void begin() {
        log = dir.resolve("app.log");
    }

    @AfterEach
    void end() {
        if (places != null) {
            places.close();
        }
    }

    @Test
    void lines_are_delivered_as_they_are_written() throws IOException {
        write(log, "{\"n\":1}\n");
        follow("app.log");
        look();
        write(log, "{\"n\":2}\n{\"n\":3}\n");
        look();

        assertThat(received.lines).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
    }

    @Test
    void a_line_without_its_end_waits_for_it() throws IOException {
        write(log, "{\"n\":1}\n{\"n\"");
        follow("app.log");
        look();
        later(60_000);
        assertThat(received.lines).containsExactly("{\"n\":1}");

        write(log, ":2}\n");
        look();
        assertThat(received.lines).containsExactly("{\"n\":1}", "{\"n\":2}");
    }

    @Test
    void a_renamed_file_is_read_to_its_end_and_then_the_new_one() throws IOException {
        write(log, "a\n");
        follow("app.log");
        later(1_500);
        write(log, "b\n");
        Path old = Files.move(log, dir.resolve("app.log.1"));
        write(old, "c, written after the rename");
        write(log, "d\n");
        later(1_500);
        later(6_000);

        assertThat(received.lines).containsExactly("a", "b", "c, written after the rename", "d");
    }

    @Test
    void a_rotation_within_the_pattern_repeats_nothing() throws IOException {
        follow("app.log*");
        for (int i = 0; i < 5; i++) {
            write(log, "line " + i + "\n");
            later(1_500);
            shift();
            later(1_500);
        }

        assertThat(received.lines).containsExactly("line 0", "line 1", "line 2", "line 3", "line 4");
    }

    @Test
    void under_load_a_rotation_by_rename_loses_and_repeats_nothing() throws IOException {
        follow("app.log");
        Random random = new Random(4);
        int written = 0;
        for (int round = 0; round < 60; round++) {
            StringBuilder lines = new StringBuilder();
            for (int i = random.nextInt(3_000); i > 0; i--) {
                lines.append("{\"n\":").append(written++).append("}\n");
            }
            write(log, lines.toString());
            if (random.nextInt(4) == 0) {
                Files.move(log, dir.resolve("app.log.1"), StandardCopyOption.REPLACE_EXISTING);
                write(log, "");
                later(1_000);
            } else {
                later(random.nextInt(400));
            }
        }
        later(10_000);

        assertThat(received.lines).hasSize(written);
        assertThat(received.lines.equals(numbered(written)))
                .as("in the order of writing")
                .isTrue();
    }

    @Test
    void a_truncated_file_is_read_from_its_beginning() throws IOException {
        write(log, "{\"n\":1}\n{\"n\":2}\n");
        follow("app.log");
        look();
        Files.writeString(log, "{\"n\":3}\n");
        look();

        assertThat(received.lines).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
    }

    @Test
    void a_truncated_file_that_grew_past_the_position_is_known_by_its_bytes() throws IOException {
        write(log, "{\"n\":1}\n");
        follow("app.log");
        look();
        Files.writeString(log, "{\"n\":2}\n{\"n\":3}\n{\"n\":4}\n");
        look();

        assertThat(received.lines).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}");
    }

    @Test
    void the_hole_that_a_truncation_leaves_is_no_line() throws IOException {
        write(log, "{\"n\":1}\n");
        follow("app.log");
        look();
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(0);
            file.seek(50_000_000);
            file.write("{\"n\":2}\n".getBytes(StandardCharsets.UTF_8));
        }
        look();

        assertThat(received.lines).containsExactly("{\"n\":1}", "{\"n\":2}");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void the_copy_made_before_a_truncation_gives_only_what_was_not_read() throws IOException {
        write(log, "{\"n\":1}\n");
        follow("app.log*");
        look();
        write(log, "{\"n\":2}\n");
        Files.copy(log, dir.resolve("app.log.1"));
        Files.writeString(log, "{\"n\":3}\n");
        later(1_500);
        later(3_000);

        assertThat(received.lines).containsExactly("{\"n\":1}", "{\"n\":3}", "{\"n\":2}");
    }

    @Test
    void an_archive_of_what_was_read_is_not_read_again() throws IOException {
        write(log, "{\"n\":1}\n{\"n\":2}\n");
        follow("app.log*");
        look();
        gzip(log, dir.resolve("app.log.1.gz"), "");
        Files.delete(log);
        write(log, "{\"n\":3}\n");
        later(1_500);
        later(8_000);
        later(8_000);

        assertThat(received.lines).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
    }

    @Test
    void an_archive_gives_what_was_written_after_the_last_look() throws IOException {
        write(log, "{\"n\":1}\n");
        follow("app.log*");
        look();
        stop();
        gzip(log, dir.resolve("app.log.1.gz"), "{\"n\":2}\n");
        Files.delete(log);
        write(log, "{\"n\":3}\n");
        follow("app.log*");
        later(3_000);
        later(3_000);

        assertThat(received.lines).containsExactly("{\"n\":1}", "{\"n\":3}", "{\"n\":2}");
    }

    @Test
    void an_archive_is_read_once_also_after_a_restart() throws IOException {
        Path plain = Files.writeString(dir.resolve("plain"), "{\"n\":1}\n{\"n\":2}");
        gzip(plain, dir.resolve("orchestrator-a1-b2-2026-03-12.log.gz"), "");
        follow("*.gz");
        later(5_000);
        later(5_000);
        stop();
        follow("*.gz");
        later(5_000);

        assertThat(received.lines).containsExactly("{\"n\":1}", "{\"n\":2}");
        assertThat(received.labels).containsExactly(Map.of("service", "orchestrator", "instance", "a1-b2"));
    }

    @Test
    void an_archive_that_is_cut_off_is_said_once_and_read_when_it_is_whole() throws IOException {
        Path plain = Files.writeString(dir.resolve("plain"), "{\"n\":1}\n".repeat(9_000));
        Path whole = dir.resolve("whole");
        gzip(plain, whole, "");
        byte[] bytes = Files.readAllBytes(whole);
        Path archive = Files.write(dir.resolve("a.gz"), Arrays.copyOf(bytes, 30));
        follow("*.gz");
        later(3_000);
        later(3_000);
        assertThat(err.toString().lines()).singleElement().asString().contains("a.gz ends in the middle");

        Files.write(archive, bytes);
        later(60_000);
        later(3_000);
        assertThat(received.lines).hasSize(9_000);
    }

    @Test
    void a_restart_goes_on_where_the_last_one_ended() throws IOException {
        write(log, "{\"n\":1}\n");
        follow("app.log");
        look();
        stop();
        write(log, "{\"n\":2}\n");
        follow("app.log");
        look();

        assertThat(received.lines).containsExactly("{\"n\":1}", "{\"n\":2}");
    }

    @Test
    void a_rotation_while_nobody_looked_loses_nothing() throws IOException {
        write(log, "{\"n\":1}\n");
        follow("app.log");
        look();
        stop();
        write(log, "{\"n\":2}\n");
        Files.move(log, dir.resolve("app.log.1"));
        write(log, "{\"n\":3}\n");
        follow("app.log");
        look();

        assertThat(received.lines).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
    }

    @Test
    void an_inode_that_is_another_file_now_is_read_from_its_beginning() throws IOException {
        write(log, "{\"n\":1}\n");
        follow("app.log");
        look();
        stop();
        // The same inode with other content is what a reused one looks like.
        Files.writeString(log, "{\"n\":7}\n{\"n\":8}\n");
        follow("app.log");
        look();

        assertThat(received.lines).containsExactly("{\"n\":1}", "{\"n\":7}", "{\"n\":8}");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void killed_at_any_moment_every_line_arrives_in_order(long seed) throws IOException {
        Random random = new Random(seed);
        int written = 0;
        follow("app.log*");
        for (int round = 0; round < 40; round++) {
            StringBuilder lines = new StringBuilder();
            for (int i = random.nextInt(1_500); i > 0; i--) {
                lines.append("{\"n\":").append(written++).append("}\n");
            }
            int cut = random.nextInt(lines.length() + 1);
            write(log, lines.substring(0, cut));
            lookUnlessKilled(random);
            write(log, lines.substring(cut));
            if (random.nextInt(5) == 0) {
                shift();
                write(log, "");
            }
            later(1 + random.nextInt(900));
        }
        kill();
        follow("app.log*");
        later(3_000);
        later(10_000);

        List<String> once = new ArrayList<>(new LinkedHashSet<>(received.lines));
        assertThat(once).hasSize(written);
        assertThat(once.equals(numbered(written))).as("in the order of writing").isTrue();
    }

    @Test
    void new_files_of_a_pattern_are_found_and_say_their_labels() throws IOException {
        follow("*.log");
        look();
        write(dir.resolve("agent-x1-2026-03-12.log"), "{\"n\":1}\n");
        write(dir.resolve("other.txt"), "{\"n\":2}\n");
        write(dir.resolve(".hidden.log"), "{\"n\":3}\n");
        later(1_500);

        assertThat(received.lines).containsExactly("{\"n\":1}");
        assertThat(received.labels).containsExactly(Map.of("service", "agent", "instance", "x1"));
    }

    @Test
    void two_files_that_begin_alike_are_two_files() throws IOException {
        write(dir.resolve("a.log"), "{\"n\":1}\n");
        follow("*.log");
        later(1_500);
        write(dir.resolve("b.log"), "{\"n\":1}\n");
        later(5_000);

        assertThat(received.lines).containsExactly("{\"n\":1}", "{\"n\":1}");
    }

    @Test
    void a_deleted_file_is_read_to_its_end() throws IOException {
        write(log, "{\"n\":1}\n");
        follow("app.log");
        look();
        write(log, "{\"n\":2}");
        Files.delete(log);
        later(1_500);
        later(6_000);

        assertThat(received.lines).containsExactly("{\"n\":1}", "{\"n\":2}");
    }

    @Test
    void a_file_of_a_hundred_megabytes_passes_in_small_batches() throws IOException {
        byte[] block = "{\"message\":\"0123456789012345678901234567890123456789012345678901234567\"}\n"
                .repeat(14_000)
                .getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(log)) {
            for (int i = 0; i < 100; i++) {
                out.write(block);
            }
        }
        int[] lines = {0};
        received.after = () -> {
            lines[0] += received.lines.size();
            received.lines.clear();
        };
        follow("app.log");
        while (follower.pass()) {
            now = now.plusMillis(250);
        }

        assertThat(lines[0]).isEqualTo(1_400_000);
        assertThat(received.largestLines).isLessThanOrEqualTo(LineBatches.MAX_LINES);
        assertThat(received.largestBytes).isLessThanOrEqualTo(LineBatches.MAX_BYTES);
    }

    @Test
    void a_trace_that_is_printed_in_pieces_is_one_line() throws IOException {
        write(log, "{\"n\":1}\nError: boom\n    at a (x.js:1)\n");
        follow("app.log");
        look();
        assertThat(received.lines).containsExactly("{\"n\":1}");

        now = now.plusMillis(300);
        write(log, "    at b (x.js:2)\n}\n");
        look();
        later(1_200);
        assertThat(received.lines).containsExactly("{\"n\":1}", "Error: boom\n    at a (x.js:1)\n    at b (x.js:2)\n}");
    }

    @Test
    void a_file_that_cannot_be_read_is_said_once_and_read_when_it_can() throws IOException {
        write(log, "{\"n\":1}\n");
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(log), "root may read everything");
        follow("app.log");
        later(2_000);
        later(2_000);
        assertThat(err.toString().lines()).singleElement().asString().contains("app.log cannot be read: permission");

        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-------"));
        later(2_000);
        assertThat(received.lines).containsExactly("{\"n\":1}");
    }

    @Test
    void two_followers_do_not_share_a_state_directory() {
        follow("app.log");

        assertThatThrownBy(() -> Places.open(dir.resolve("state")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("Another `spoor ship --follow` remembers its places in ");
    }

    @Test
    void a_list_of_places_that_is_none_is_one_sentence() throws IOException {
        Files.createDirectories(dir.resolve("state"));
        Files.writeString(dir.resolve("state/positions.json"), "{\"version\":1,");

        assertThatThrownBy(() -> follow("app.log"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("positions.json is not a list of places that this version wrote");
    }

    @Test
    void told_to_stop_it_leaves_the_rest_for_the_next_start() throws IOException {
        write(log, "{\"n\":1}\n".repeat(5_000));
        follow("app.log");
        received.after = () -> stopped = true;
        follower.run(wait -> {});
        stop();
        assertThat(received.lines).hasSize(1_000);

        stopped = false;
        received.after = () -> {};
        follow("app.log");
        look();
        assertThat(received.lines).hasSize(5_000);
    }

    // ---

    private void lookUnlessKilled(Random random) throws IOException {
        int in = random.nextInt(4);
        int[] left = {in};
        Runnable kill = () -> {
            if (left[0]-- == 0) {
                throw new Killed();
            }
        };
        if (random.nextBoolean()) {
            received.before = kill;
        } else {
            received.after = kill;
        }
        try {
            look();
        } catch (Killed e) {
            received.before = () -> {};
            received.after = () -> {};
            kill();
            follow("app.log*");
        }
        received.before = () -> {};
        received.after = () -> {};
    }

    private void follow(String pattern) {
        places = Places.open(dir.resolve("state"));
        follower = new Follower(
                new FilePatterns(List.of(dir + "/" + pattern)),
                places,
                new Labels(Map.of()),
                true,
                received,
                report,
                () -> now,
                () -> stopped);
    }

    private void look() {
        int passes = 0;
        while (follower.pass()) {
            assertThat(passes++).isLessThan(10_000);
        }
    }

    private void later(long millis) {
        now = now.plusMillis(millis);
        look();
    }

    /** As the system does it: what was not saved is lost, and so is the lock. */
    private void kill() {
        places.close();
    }

    private void stop() {
        follower.close();
        places.close();
    }

    private void shift() throws IOException {
        for (int i = 8; i > 0; i--) {
            Path from = i == 1 ? log : dir.resolve("app.log." + (i - 1));
            if (Files.exists(from)) {
                Files.move(from, dir.resolve("app.log." + i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.setLastModifiedTime(dir.resolve("app.log.1"), FileTime.from(now));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void gzip(Path from, Path to, String more) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
            Files.copy(from, out);
            out.write(more.getBytes(StandardCharsets.UTF_8));
        }
        Files.setLastModifiedTime(to, FileTime.from(now));
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(n -> "{\"n\":" + n + "}").toList();
    }

    private ShipReport report() {
        return new ShipReport(
                new Terminal(
                        new ByteArrayInputStream(new byte[0]),
                        new ByteArrayOutputStream(),
                        new PrintWriter(err, true),
                        false,
                        false,
                        Map.of()),
                true);
    }
}
