package io.spoor.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TraceCommandTest {

    private static final String ANSWER =
            "{\"id\":\"r1\",\"status\":\"success\",\"complete\":true,\"lines\":[{\"message\":\"hi\"}]}";

    private FakeSpoor spoor;

    @BeforeEach
    void start() throws IOException {
        spoor = new FakeSpoor();
    }

    @AfterEach
    void stop() {
        spoor.close();
    }

    @Test
    void a_trace_is_told_as_text() {
        spoor.reply(200, ANSWER);

        CommandRun run = trace("r1");

        assertThat(run.exitCode).isZero();
        assertThat(run.out).startsWith("Trace r1  ✓ success\n").contains("hi").doesNotContain("\u001b");
        assertThat(spoor.asked.get(0).uri()).isEqualTo("/api/v1/traces/r1?limit=10000");
    }

    @Test
    void colours_come_when_they_are_asked_for() {
        spoor.reply(200, ANSWER);

        assertThat(trace("r1", "--color", "always").out).contains("\u001b[1;32m✓ success\u001b[0m");
    }

    @Test
    void filters_and_strange_ids_are_passed_on_encoded() {
        spoor.reply(200, ANSWER);

        trace("a/b c", "--tier", "agent", "--level", "error", "--service", "x", "-q", "ü&=", "--exact", "--limit", "5");

        assertThat(spoor.asked.get(0).uri())
                .isEqualTo(
                        "/api/v1/traces/a%2Fb%20c?limit=5&tier=agent&level=error&service=x&q=%C3%BC%26%3D&exact=true");
    }

    @Test
    void json_is_the_answer_unchanged() {
        spoor.reply(200, "{ \"id\" : \"r1\",\"lines\":[] }\n");

        assertThat(trace("r1", "-o", "json").out).isEqualTo("{ \"id\" : \"r1\",\"lines\":[] }\n");
    }

    @Test
    void ndjson_is_streamed_unchanged() {
        spoor.reply(200, "{\"b\":1, \"a\":2}\nplain\n");

        CommandRun run = trace("r1", "--output", "ndjson");

        assertThat(run.out).isEqualTo("{\"b\":1, \"a\":2}\nplain\n");
        assertThat(spoor.asked.get(0).accept()).isEqualTo("application/x-ndjson");
        assertThat(spoor.asked.get(0).uri()).isEqualTo("/api/v1/traces/r1");
    }

    @Test
    void ndjson_that_is_incomplete_is_exit_code_4() {
        spoor.reply(200, Map.of("X-Spoor-Complete", "false"), "{}\n");

        CommandRun run = trace("r1", "--output", "ndjson");

        assertThat(run.exitCode).isEqualTo(4);
        assertThat(run.out).isEqualTo("{}\n");
    }

    @Test
    void all_pages_are_read() {
        spoor.reply(200, "{\"id\":\"r1\",\"lines\":[{\"message\":\"one\"}],\"next\":\"c+1\"}")
                .reply(200, "{\"id\":\"r1\",\"lines\":[{\"message\":\"two\"}],\"next\":null}");

        assertThat(trace("r1").out).containsSubsequence("one", "two").doesNotContain("there are more");
        assertThat(spoor.asked.get(1).uri()).endsWith("?limit=9999&cursor=c%2B1");
    }

    @Test
    void the_limit_ends_the_reading_and_is_said() {
        spoor.reply(200, "{\"id\":\"r1\",\"lines\":[{\"message\":\"one\"}],\"next\":\"c\"}");

        assertThat(trace("r1", "--limit", "1").out).contains("the first 1 line, there are more");
        assertThat(spoor.asked).hasSize(1);
    }

    @Test
    void an_unknown_id_is_exit_code_3() {
        spoor.reply(404, "{\"title\":\"Not found\",\"detail\":\"No line carries the id r1\"}");

        CommandRun run = trace("r1");

        assertThat(run.exitCode).isEqualTo(3);
        assertThat(run.err).isEqualTo("No line carries the id r1.\n");
        assertThat(run.out).isEmpty();
    }

    @Test
    void an_id_whose_lines_may_be_under_way_is_asked_for_again() {
        spoor.reply(404, Map.of("Retry-After", "1"), "{\"detail\":\"No line carries the id r1\"}")
                .reply(200, "{\"id\":\"r1\",\"lines\":[{\"message\":\"one\"}]}");

        CommandRun run = trace("r1");

        assertThat(run.exitCode).isZero();
        assertThat(run.out).contains("one");
    }

    @Test
    void an_unknown_id_is_exit_code_3_for_ndjson_too() {
        spoor.reply(404, "{\"detail\":\"No line carries the id r1\"}");

        CommandRun run = trace("r1", "-o", "ndjson");

        assertThat(run.exitCode).isEqualTo(3);
        assertThat(run.err).isEqualTo("No line carries the id r1.\n");
    }

    @Test
    void a_malformed_id_is_wrong_usage() {
        spoor.reply(400, "{\"detail\":\"The id has 200 characters\"}");

        assertThat(trace("x".repeat(200)).exitCode).isEqualTo(2);
    }

    @Test
    void an_incomplete_answer_is_printed_and_is_exit_code_4() {
        spoor.reply(200, "{\"id\":\"r1\",\"complete\":false,\"missing\":[3],\"lines\":[{\"message\":\"hi\"}]}");

        CommandRun text = trace("r1");
        assertThat(text.exitCode).isEqualTo(4);
        assertThat(text.out).contains("hi").contains("incomplete");
        assertThat(trace("r1", "-o", "json").exitCode).isEqualTo(4);
    }

    @Test
    void a_store_that_is_being_restored_is_asked_again() {
        spoor.reply(503, "{\"detail\":\"Restoring\"}").reply(200, ANSWER);

        assertThat(trace("r1").exitCode).isZero();
        assertThat(spoor.asked).hasSize(2);
    }

    @Test
    void a_store_that_stays_away_is_exit_code_4() {
        spoor.reply(503, "{\"detail\":\"Restoring, 3 partitions to go.\"}");

        CommandRun run = trace("r1");

        assertThat(run.exitCode).isEqualTo(4);
        assertThat(run.err).isEqualTo("Restoring, 3 partitions to go.\n");
    }

    @Test
    void a_server_that_is_away_is_said_at_once() {
        spoor.close();

        CommandRun run = trace("r1");

        assertThat(run.exitCode).isEqualTo(1);
        assertThat(run.err)
                .isEqualTo("Nothing answers at " + spoor.url()
                        + ". Start Spoor with `./spoor up`, or name another with --server.\n");
        assertThat(run.waits).isEmpty();
    }

    @Test
    void another_server_at_this_address_is_said() {
        spoor.reply(200, "<html>");

        CommandRun run = trace("r1");

        assertThat(run.exitCode).isEqualTo(1);
        assertThat(run.err).contains("is not Spoor's");
    }

    @Test
    void a_limit_below_one_is_wrong_usage() {
        assertThat(trace("r1", "--limit", "0").exitCode).isEqualTo(2);
    }

    private CommandRun trace(String... args) {
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--server";
        all[args.length + 1] = spoor.url();
        return new CommandRun().of(TraceCommand::new, all);
    }
}
