package io.spoor.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spoor.runtime.http.HttpSettings;
import io.spoor.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path directory;

    @Test
    void the_defaults_are_those_of_the_manual() {
        assertThat(Settings.load(SettingsSources.none()).read(HttpSettings::from))
                .isEqualTo(new HttpSettings(
                        new Address("127.0.0.1", 7070),
                        false,
                        null,
                        64,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10)));
        KafkaSettings kafka = Settings.load(SettingsSources.none()).read(KafkaSettings::from);
        assertThat(kafka.topics().logsRaw()).isEqualTo("spoor.logs.raw");
        assertThat(kafka.rawRetention()).isEqualTo(Duration.ofHours(24));
        assertThat(kafka.client()).isEmpty();
    }

    @Test
    void a_flag_beats_the_environment_which_beats_the_file() throws IOException {
        file("spoor.http { threads = 10, idle-timeout = 11s, drain-timeout = 12s }");
        Settings settings = load(
                Map.of("http.threads", "20"), Map.of("SPOOR_HTTP_THREADS", "30", "SPOOR_HTTP_IDLE_TIMEOUT", "31s"));
        HttpSettings http = settings.read(HttpSettings::from);
        assertThat(http.threads()).isEqualTo(20);
        assertThat(http.idleTimeout()).isEqualTo(Duration.ofSeconds(31));
        assertThat(http.drainTimeout()).isEqualTo(Duration.ofSeconds(12));
        assertThat(settings.list())
                .contains(
                        new Setting("spoor.http.threads", "20", "--http.threads"),
                        new Setting("spoor.http.idle-timeout", "31s", "SPOOR_HTTP_IDLE_TIMEOUT"),
                        new Setting("spoor.http.drain-timeout", "12s", "spoor.conf: 1"),
                        new Setting("spoor.http.insecure", "false", "default"));
    }

    @Test
    void all_problems_are_told_together_with_their_places() throws IOException {
        file("""
                spoor.http {
                  theads = 12
                  idle-timeout = 30 sekunden
                  drain-timeout = 30
                }
                """);
        Settings settings = load(
                Map.of("http.threads", "0", "http.bnd", "x"),
                Map.of("SPOOR_HTTP_INSECUR", "true", "SPOOR_HTTP_BIND", "nowhere"));
        assertThatThrownBy(() -> settings.read(HttpSettings::from))
                .isInstanceOfSatisfying(
                        SettingsProblems.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "SPOOR_HTTP_INSECUR is not a setting; did you mean SPOOR_HTTP_INSECURE?",
                                        "--http.bnd is not a setting; did you mean --http.bind?",
                                        "spoor.conf: 2: spoor.http.theads is not a setting; did you mean spoor.http.threads?",
                                        "SPOOR_HTTP_BIND is \"nowhere\"; write HOST:PORT, such as 127.0.0.1:7070 or [::1]:7070.",
                                        "--http.threads is \"0\"; write a whole number from 8 to 1000.",
                                        "spoor.conf: 3: spoor.http.idle-timeout is \"30 sekunden\";"
                                                + " write a duration such as 30s, 5m or 24h.",
                                        "spoor.conf: 4: spoor.http.drain-timeout is \"30\";"
                                                + " write a duration such as 30s, 5m or 24h."))
                .hasMessageContaining("(7 of 7 problems)");
    }

    @Test
    void a_group_given_as_a_value_and_a_value_given_as_a_group_are_told() throws IOException {
        file("spoor.http = 5\nspoor.kafka.partitions { a = 1 }\nspoor.kafka.client = x\nother = 1");
        assertThatThrownBy(() -> load(Map.of(), Map.of()).read(KafkaSettings::from))
                .isInstanceOfSatisfying(
                        SettingsProblems.class,
                        e -> assertThat(e.problems())
                                .hasSize(4)
                                .anyMatch(p -> p.contains("spoor.http is a group of settings"))
                                .anyMatch(p -> p.contains("spoor.kafka.partitions is"))
                                .anyMatch(p -> p.contains("spoor.kafka.client is \"x\""))
                                .anyMatch(p -> p.contains("spoor.conf: 4: other is not a setting.")));
    }

    @Test
    void kafka_client_settings_pass_through_from_everywhere_and_stay_secret() throws IOException {
        file("spoor.kafka.client { sasl.mechanism = PLAIN, \"sasl.jaas.config\" = \"geheim\" }");
        Settings settings = load(
                Map.of("kafka.client.ssl.key.password", "geheim"),
                Map.of("SPOOR_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL"));
        KafkaSettings kafka = settings.read(KafkaSettings::from);
        assertThat(kafka.client())
                .containsOnly(
                        Map.entry("sasl.mechanism", "PLAIN"),
                        Map.entry("sasl.jaas.config", "geheim"),
                        Map.entry("ssl.key.password", "geheim"),
                        Map.entry("security.protocol", "SASL_SSL"));
        assertThat(settings.list().toString()).contains("***").doesNotContain("geheim");
        assertThat(kafka.toString()).doesNotContain("geheim");
        assertThat(kafka.clientProperties("c")).containsEntry("bootstrap.servers", "127.0.0.1:9092");
    }

    @Test
    void variables_that_are_no_settings_or_empty_are_left_alone() {
        Settings settings = load(Map.of(), Map.of("SPOOR_SERVER", "x", "SPOOR_HTTP_THREADS", "", "PATH", "/bin"));
        assertThat(settings.read(HttpSettings::from).threads()).isEqualTo(64);
    }

    @Test
    void a_file_that_is_missing_or_broken_is_told() throws IOException {
        SettingsSources missing = new SettingsSources(Map.of(), Map.of(), Set.of(), Path.of("no.conf"), directory);
        assertThatThrownBy(() -> Settings.load(missing).read(HttpSettings::from))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("no.conf");
        file("spoor {\n http = [\n");
        assertThatThrownBy(() -> load(Map.of(), Map.of()).read(HttpSettings::from))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("spoor.conf: ");
    }

    @Test
    void sizes_lists_and_choices_say_what_they_take() throws IOException {
        Settings settings = load(Map.of("test.size", "2 Mbb", "test.colour", "blue", "test.names", "a, b"), Map.of());
        assertThatThrownBy(() -> settings.read(reader -> List.of(
                        reader.size("spoor.test.size", 1024, 4L << 20),
                        reader.choice("spoor.test.colour", Colour.class))))
                .hasMessageContaining("--test.size is \"2 Mbb\"; write a size such as 2 MiB.")
                .hasMessageContaining("--test.colour is \"blue\"; write one of bright-red, green.");
        Settings large = load(Map.of("test.size", "5m"), Map.of());
        assertThatThrownBy(() -> large.read(reader -> reader.size("spoor.test.size", 1024, 4L << 20)))
                .hasMessage("--test.size is \"5m\"; write a size from 1 KiB to 4 MiB.");
        Settings good = load(Map.of("test.names", "a, b"), Map.of("SPOOR_TEST_SIZE", "2 MiB"));
        assertThat(good.<Object>read(reader -> List.of(
                        reader.size("spoor.test.size", 1024, 4L << 20),
                        reader.choice("spoor.test.colour", Colour.class),
                        reader.texts("spoor.test.names"))))
                .isEqualTo(List.of(2L << 20, Colour.BRIGHT_RED, List.of("a", "b")));
    }

    @Test
    void addresses_are_read_as_they_are_written() {
        for (String text : List.of("127.0.0.1:7070", "[::1]:0", "localhost:65535")) {
            assertThat(Address.parse(text)).hasToString(text);
        }
        for (String text : List.of("", ":1", "host", "host:", "host:x", "host:65536", "::1:80", "host:-1")) {
            assertThatThrownBy(() -> Address.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private enum Colour {
        BRIGHT_RED,
        GREEN
    }

    private void file(String content) throws IOException {
        Files.writeString(directory.resolve("spoor.conf"), content);
    }

    private Settings load(Map<String, String> flags, Map<String, String> environment) {
        return Settings.load(new SettingsSources(flags, environment, Set.of("SPOOR_SERVER"), null, directory));
    }
}
