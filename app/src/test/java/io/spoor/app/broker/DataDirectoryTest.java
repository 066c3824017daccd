package io.spoor.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spoor.app.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path temp;

    @Test
    void a_new_directory_says_its_version() throws IOException {
        Path root = temp.resolve("a/b");
        try (DataDirectory data = DataDirectory.open(root)) {
            assertThat(root.resolve("VERSION")).hasContent("spoor-data 1\n");
            assertThat(data.kafka()).isEqualTo(root.resolve("kafka"));
            assertThat(data.state()).isEqualTo(root.resolve("state"));
        }
    }

    @Test
    void it_can_be_opened_again_after_it_was_closed() throws IOException {
        DataDirectory.open(temp).close();
        Files.createDirectories(temp.resolve("kafka"));
        DataDirectory.open(temp).close();
        assertThat(temp.resolve("VERSION")).exists();
    }

    @Test
    void a_directory_in_use_is_refused() {
        try (DataDirectory held = DataDirectory.open(temp)) {
            assertThatThrownBy(() -> DataDirectory.open(temp))
                    .isInstanceOf(Failure.class)
                    .hasMessage("The data directory " + held + " is in use by another Spoor process."
                            + " Stop that one, or choose another directory with --data.");
        }
    }

    @Test
    void another_version_is_refused_and_left_as_it_is() throws IOException {
        Files.writeString(temp.resolve("VERSION"), "spoor-data 2\n");
        assertThatThrownBy(() -> DataDirectory.open(temp))
                .isInstanceOf(Failure.class)
                .hasMessage("The data directory " + temp + " is of another version of Spoor: VERSION says"
                        + " 'spoor-data 2', this one reads 'spoor-data 1'. Use the version that wrote it,"
                        + " or choose another directory with --data.");
        assertThat(temp.resolve("VERSION")).hasContent("spoor-data 2\n");
    }

    @Test
    void a_hostile_version_cannot_write_to_the_terminal() throws IOException {
        Files.writeString(temp.resolve("VERSION"), "\u001b[31m" + "x".repeat(1_000));
        assertThatThrownBy(() -> DataDirectory.open(temp))
                .isInstanceOf(Failure.class)
                .message()
                .doesNotContain("\u001b")
                .hasSizeLessThan(400);
    }

    @Test
    void somebody_elses_directory_is_refused_and_left_as_it_is() throws IOException {
        Files.writeString(temp.resolve("thesis.tex"), "");
        assertThatThrownBy(() -> DataDirectory.open(temp))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(temp + " has files in it but is no data directory of Spoor");
        assertThat(temp).isDirectoryNotContaining("glob:**lock");
    }

    @Test
    void a_file_in_its_place_is_refused() throws IOException {
        Path file = Files.writeString(temp.resolve("data"), "");
        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("Cannot write to the data directory " + file + " (a file is in the way)");
    }

    @Test
    void a_directory_that_cannot_be_written_is_refused() throws IOException {
        Path root = Files.createDirectory(temp.resolve("data"));
        assertThat(root.toFile().setWritable(false)).isTrue();
        // For root nothing is without permission, but a process directory is: nobody can make files there.
        Path unwritable = Files.isWritable(root) ? Path.of("/proc/self/data") : root;
        assertThatThrownBy(() -> DataDirectory.open(unwritable))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("Cannot write to the data directory " + unwritable + " (")
                .hasMessageEndingWith("Give this user write permission, or choose another with --data.");
    }
}
