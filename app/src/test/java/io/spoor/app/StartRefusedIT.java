package io.spoor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code spoor up} says when it cannot start: one sentence on stderr, and exit code 1. */
class StartRefusedIT {
    @TempDir
    Path work;

    @Test
    void a_taken_http_port_is_one_sentence_that_names_it() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(refusal("--data", "data", "--http", "127.0.0.1:" + other.getLocalPort()))
                    .startsWith("Port " + other.getLocalPort() + " on 127.0.0.1 is taken by another process.")
                    .contains("--http");
        }
    }

    @Test
    void a_data_directory_of_another_version_is_one_sentence_and_left_as_it_is() throws Exception {
        Path data = Files.createDirectory(work.resolve("data"));
        Files.writeString(data.resolve("VERSION"), "spoor-data 99\n");
        assertThat(refusal("--data", "data"))
                .contains("of another version of Spoor")
                .contains("'spoor-data 99'");
        assertThat(data.resolve("state")).doesNotExist();
    }

    @Test
    void a_data_directory_that_cannot_be_made_is_one_sentence_that_names_it() throws Exception {
        // Not by permissions, which do not bind root, who runs tests in containers.
        Path file = Files.createFile(work.resolve("file"));
        assertThat(refusal("--data", file.resolve("data").toString()))
                .contains(file.resolve("data").toString());
    }

    /** On the tests' Kafka, which saves the time of starting one. */
    private String refusal(String... args) throws Exception {
        String[] all = new String[args.length + 3];
        all[0] = "up";
        all[1] = "--bootstrap";
        all[2] = TestBroker.bootstrap();
        System.arraycopy(args, 0, all, 3, args.length);
        try (SpoorProcess spoor = SpoorProcess.start(work, all)) {
            assertThat(spoor.awaitExit()).isEqualTo(ExitCode.FAILED);
            assertThat(spoor.out()).isEmpty();
            return assertThat(spoor.err()
                            .lines()
                            .filter(line -> !line.matches("(Starting|Closing) .* \\.\\.\\.|[0-9:.]+ INFO .*"))
                            .toList())
                    .singleElement()
                    .actual();
        }
    }
}
