package io.spoor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code spoor token} and {@code spoor config}, as a user types them. */
class AccessCommandsTest {
    @TempDir
    Path directory;

    private String out = "";
    private String err = "";

    @Test
    void a_secret_is_printed_once_alone_and_kept_nowhere() throws Exception {
        assertThat(token("create", "alloy", "--scope", "ingest")).isZero();
        assertThat(out).matches("spoor_[a-z2-7]{32}\\R");
        assertThat(err).contains("Made the token alloy (ingest)", "the first one");
        String secret = out.strip();
        assertThat(token("create", "me", "--scope", "read,ingest")).isZero();
        assertThat(err).doesNotContain("first");
        Path file = directory.resolve("tokens");
        assertThat(Files.readString(file)).doesNotContain(secret).contains("alloy ingest ", "me ingest,read ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void the_list_shows_names_and_scopes_and_no_hash() throws Exception {
        assertThat(token("list")).isZero();
        assertThat(out).isEmpty();
        assertThat(err).isEqualTo("There are no tokens." + System.lineSeparator());
        token("create", "alloy", "--scope", "ingest");
        token("create", "grafana", "--scope", "read");
        assertThat(token("list")).isZero();
        assertThat(out.lines()).hasSize(2).first().asString().matches("alloy    ingest  20..-..-..T..:..:..Z");
        token("list", "-o", "json");
        JsonNode list = new ObjectMapper().readTree(out);
        assertThat(list.path(1).path("name").asText()).isEqualTo("grafana");
        assertThat(list.path(1).path("scopes").path(0).asText()).isEqualTo("read");
        assertThat(list.path(1).size()).isEqualTo(3);
    }

    @Test
    void a_taken_name_fails_and_an_unknown_one_is_not_found() {
        token("create", "alloy", "--scope", "ingest");
        assertThat(token("create", "alloy", "--scope", "ingest")).isEqualTo(ExitCode.FAILED);
        assertThat(out).isEmpty();
        assertThat(token("revoke", "other")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(token("revoke", "alloy")).isZero();
        assertThat(err).contains("None is left");
        assertThat(token("revoke", "alloy")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void a_broken_file_is_told_and_left_as_it_is() throws Exception {
        Files.writeString(directory.resolve("tokens"), "half a line\n");
        assertThat(token("create", "alloy", "--scope", "ingest")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("tokens: 1: has 3 words");
        assertThat(Files.readString(directory.resolve("tokens"))).isEqualTo("half a line\n");
    }

    @Test
    void config_shows_each_setting_with_its_origin_and_no_secret() throws Exception {
        Path file = Files.writeString(directory.resolve("my.conf"), """
                spoor.kafka.client { security.protocol = SASL_SSL, sasl.jaas.config = geheim }
                spoor.http.threads = 12
                """);
        assertThat(run("config", "--config", file.toString(), "--http.bind", "127.0.0.1:1", "--data", "/d"))
                .as(err)
                .isZero();
        assertThat(out.lines())
                .anyMatch(line -> line.matches("spoor.http.threads +12 +my.conf: 2"))
                .anyMatch(line -> line.matches("spoor.http.bind +127.0.0.1:1 +--http.bind"))
                .anyMatch(line -> line.matches("spoor.access.tokens-file +/d/tokens +default"))
                .anyMatch(line -> line.matches("spoor.aggregate.state-dir +/d/state +default"))
                .anyMatch(line -> line.matches("spoor.kafka.client.sasl.jaas.config +\\*\\*\\* +my.conf: 1"));
        assertThat(out).doesNotContain("geheim");
        run("config", "--config", file.toString(), "-o", "json");
        assertThat(new ObjectMapper().readTree(out).isArray()).isTrue();
        assertThat(out).doesNotContain("geheim");
    }

    @Test
    void config_tells_all_problems_after_what_counts() throws Exception {
        Path file = Files.writeString(directory.resolve("my.conf"), "spoor.http { theads = 1, idle-timeout = soon }");
        assertThat(run("config", "--config", file.toString(), "--query.budget=9"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(out).contains("spoor.http.bind");
        assertThat(err)
                .contains("theads is not a setting; did you mean spoor.http.threads?", "(3 of 3 problems)")
                .contains("--query.budget is \"9\"; write a duration");
    }

    @Test
    void the_defaults_of_all_modules_are_a_settings_file() throws Exception {
        assertThat(run("config", "--defaults")).isZero();
        assertThat(out)
                .startsWith("# Settings of every Spoor process")
                .contains("spoor.enrich {", "spoor.query {", "spoor.ingest {", "spoor.aggregate {");
        Path file = Files.writeString(directory.resolve("all.conf"), out);
        assertThat(run("config", "--config", file.toString())).as(err).isZero();
        assertThat(out.lines()).allMatch(line -> line.contains("all.conf: "));
    }

    private int token(String command, String... rest) {
        String[] args = new String[rest.length + 4];
        args[0] = "token";
        args[1] = command;
        System.arraycopy(rest, 0, args, 2, rest.length);
        args[args.length - 2] = "--data";
        args[args.length - 1] = directory.toString();
        return run(args);
    }

    private int run(String... args) {
        StringWriter stdout = new StringWriter();
        StringWriter stderr = new StringWriter();
        int exit = Spoor.commandLine()
                .setOut(new PrintWriter(stdout, true))
                .setErr(new PrintWriter(stderr, true))
                .execute(args);
        out = stdout.toString();
        err = stderr.toString();
        return exit;
    }
}
