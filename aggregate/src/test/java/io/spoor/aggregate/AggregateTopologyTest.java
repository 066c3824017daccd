package io.spoor.aggregate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.aggregate.lag.Progress;
import io.spoor.aggregate.link.LinkStore;
import io.spoor.aggregate.rocks.RocksMemory;
import io.spoor.aggregate.trail.TrailLimits;
import io.spoor.aggregate.trail.TrailStore;
import io.spoor.model.Id;
import io.spoor.model.Topics;
import io.spoor.model.fact.Change;
import io.spoor.model.fact.Fact;
import io.spoor.model.fact.FactJson;
import io.spoor.model.fact.RunState;
import io.spoor.model.run.Run;
import io.spoor.runtime.settings.Settings;
import io.spoor.runtime.settings.SettingsSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggregateTopologyTest {
    private static final Topics TOPICS = new Topics("spoor");
    private static final long T = 1_773_311_400_000L;

    @TempDir
    Path directory;

    private final RocksMemory memory = new RocksMemory(16 << 20);
    private final Progress progress = new Progress();
    private TopologyTestDriver driver;

    @BeforeEach
    void open() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        memory.addTo(properties);
        driver = new TopologyTestDriver(topology(progress), properties);
    }

    private static Topology topology(Progress progress) {
        AggregateSettings settings = Settings.load(SettingsSources.none()).read(AggregateSettings::from);
        return AggregateTopology.of(settings, TOPICS, progress);
    }

    @AfterEach
    void close() {
        driver.close();
        memory.close();
    }

    @Test
    void the_topology_is_the_one_that_was_reviewed_and_a_single_task_a_partition() throws IOException {
        String description = topology(progress).describe().toString();
        Path golden = Path.of("src", "test", "resources", "golden", "topology.txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, description);
        }
        assertThat(description).isEqualTo(Files.readString(golden));
        assertThat(topology(progress).describe().subtopologies()).hasSize(1);
        assertThat(driver.getAllStateStores()).containsOnlyKeys("trails", "links", "runs");
    }

    @Test
    void the_settings_have_their_defaults() {
        AggregateSettings settings = Settings.load(SettingsSources.none()).read(AggregateSettings::from);

        assertThat(settings.retention()).isEqualTo(Duration.ofDays(3));
        assertThat(settings.trail()).isEqualTo(new TrailLimits(50_000, 32 << 20));
        assertThat(settings.storeMemory()).isEqualTo(256 << 20);
    }

    @Test
    void the_shortest_retention_that_may_be_set_makes_a_topology() {
        AggregateSettings settings = Settings.load(SettingsSources.flags(Map.of("kafka.lines-retention", "1m")))
                .read(AggregateSettings::from);

        assertThat(AggregateTopology.of(settings, TOPICS, progress).describe().subtopologies())
                .hasSize(1);
    }

    @Test
    void lines_links_and_facts_come_to_their_stores() {
        lines().pipeInput("run:r", bytes("{\"a\":1}"), T);
        lines().pipeInput("run:r", bytes("{\"a\":2}"), T + 1);
        lines().pipeInput(null, bytes("{\"of\":\"nobody\"}"), T);
        links().pipeInput("req:q", bytes("run:r"), T);
        facts().pipeInput("run:r", FactJson.write(fact(0, new Change.RunStarted(2))), T);
        facts().pipeInput("run:r", FactJson.write(fact(5, new Change.RunMoved(RunState.RUNNING))), T + 5);

        assertThat(trail("run:r")).containsExactly("{\"a\":1}", "{\"a\":2}");
        WindowStore<Bytes, byte[]> store = driver.getWindowStore("links");
        assertThat(LinkStore.read(store, Id.ofKey("req:q"), 10)).containsExactly(Id.ofKey("run:r"));
        KeyValueStore<String, Run> runs = driver.getKeyValueStore("runs");
        assertThat(runs.get("run:r"))
                .isEqualTo(Run.unseen("r")
                        .with(fact(0, new Change.RunStarted(2)))
                        .with(fact(5, new Change.RunMoved(RunState.RUNNING))));
    }

    @Test
    void a_fact_that_tells_nothing_new_writes_nothing() {
        byte[] fact = FactJson.write(fact(0, new Change.RunStarted(2)));
        facts().pipeInput("run:r", fact, T);
        assertThat(changesOfRuns()).isEqualTo(1);

        facts().pipeInput("run:r", fact, T);

        assertThat(changesOfRuns()).isZero();
    }

    private long changesOfRuns() {
        return driver.createOutputTopic("test-runs-changelog", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .size();
    }

    @Test
    void records_that_are_not_what_their_topic_is_for_are_passed_over() {
        for (String junk : List.of("", "x", "{}", "[]", "null", "{\"runId\":\"r\"}", "user:7", "run:a b")) {
            facts().pipeInput("run:r", bytes(junk), T);
            links().pipeInput("run:r", bytes(junk), T);
            links().pipeInput(junk, bytes("run:r"), T);
        }
        facts().pipeInput(
                        "run:r",
                        bytes("{\"at\":1,\"runId\":\"r\",\"source\":\"LINE\",\"change\":{\"is\":\"job-moved\"}}"),
                        T);
        facts().pipeInput("run:r", null, T);
        links().pipeInput(null, null, T);
        lines().pipeInput("run:r", null, T);
        lines().pipeInput("run:r", bytes("after"), T);

        assertThat(trail("run:r")).containsExactly("after");
        KeyValueStore<String, Run> runs = driver.getKeyValueStore("runs");
        assertThat(runs.get("run:r")).isNull();
        assertThat(progress.of(TOPICS.lines(), 0)).hasValue(2);
        assertThat(progress.of(TOPICS.runs(), 0)).hasValue(10);
        assertThat(progress.of(TOPICS.links(), 0)).hasValue(17);
    }

    private List<String> trail(String key) {
        TrailStore trails = (TrailStore) driver.getStateStore("trails");
        return trails.read(key, new TrailLimits(100, 1 << 20)).lines().stream()
                .map(line -> new String(line, UTF_8))
                .toList();
    }

    private TestInputTopic<String, byte[]> lines() {
        return driver.createInputTopic(TOPICS.lines(), new StringSerializer(), new ByteArraySerializer());
    }

    private TestInputTopic<String, byte[]> links() {
        return driver.createInputTopic(TOPICS.links(), new StringSerializer(), new ByteArraySerializer());
    }

    private TestInputTopic<String, byte[]> facts() {
        return driver.createInputTopic(TOPICS.runs(), new StringSerializer(), new ByteArraySerializer());
    }

    private static Fact fact(long afterMs, Change change) {
        return new Fact(T + afterMs, "r", Fact.Source.LINE, null, null, null, change);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
