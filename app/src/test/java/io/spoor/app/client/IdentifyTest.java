package io.spoor.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.app.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a command identifies itself to a server. */
class IdentifyTest {
    @TempDir
    Path directory;

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
    void the_token_of_the_file_is_shown() throws IOException {
        spoor.reply(404, "{\"detail\":\"unknown\"}");
        Path file = Files.writeString(directory.resolve("token"), "spoor_abc\n");
        CommandRun run = trace("--token-file", file.toString());
        assertThat(run.exitCode).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(spoor.asked)
                .singleElement()
                .extracting(FakeSpoor.Asked::authorization)
                .isEqualTo("Bearer spoor_abc");
    }

    @Test
    void without_a_token_none_is_shown_and_a_401_says_how_to() {
        spoor.reply(401, "{\"detail\":\"This needs a token.\"}");
        CommandRun run = trace();
        assertThat(run.exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(run.err).contains("This needs a token. Set SPOOR_TOKEN, or name a file with --token-file.");
        assertThat(spoor.asked)
                .singleElement()
                .extracting(FakeSpoor.Asked::authorization)
                .isEqualTo("");
    }

    @Test
    void a_file_that_holds_no_token_is_wrong_usage_and_never_shown() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "spoor_abc\r\nX-Other: 1\n");
        CommandRun run = trace("--token-file", file.toString());
        assertThat(run.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(run.err).contains("is no token").doesNotContain("spoor_abc");
        assertThat(trace("--token-file", directory.resolve("none").toString()).exitCode)
                .isEqualTo(ExitCode.USAGE);
        Files.writeString(file, "\n");
        assertThat(trace("--token-file", file.toString()).err).contains("is empty");
        assertThat(spoor.asked).isEmpty();
    }

    @Test
    void an_authority_file_without_a_certificate_is_wrong_usage() throws IOException {
        Path file = Files.writeString(directory.resolve("ca.pem"), "nothing");
        CommandRun run = trace("--ca", file.toString());
        assertThat(run.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(run.err).contains("ca.pem has no certificate in it");
    }

    private CommandRun trace(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "id";
        args[1] = "--server";
        args[2] = spoor.url();
        System.arraycopy(more, 0, args, 3, more.length);
        return new CommandRun().of(TraceCommand::new, args);
    }
}
