package io.spoor.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.runtime.settings.Settings;
import io.spoor.runtime.settings.SettingsSources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
    private final Map<String, TopicPlan> plans =
            TopicPlan.all(Settings.load(SettingsSources.flags(Map.of("kafka.topic-prefix", "s")))
                    .read(KafkaSettings::from));

    @Test
    void raw_topics_count_arrival_and_keep_a_day() {
        for (String name : List.of("s.logs.raw", "s.events.raw", "s.metrics.raw")) {
            assertThat(plan(name).config())
                    .containsEntry("message.timestamp.type", "LogAppendTime")
                    .containsEntry("cleanup.policy", "delete")
                    .containsEntry("retention.ms", "86400000")
                    .containsEntry("max.message.bytes", "9437184");
        }
    }

    @Test
    void lines_runs_and_links_belong_together_and_keep_three_days() {
        assertThat(plans.values().stream().filter(TopicPlan::coPartitioned).map(TopicPlan::name))
                .containsExactlyInAnyOrder("s.lines", "s.runs", "s.links");
        assertThat(plan("s.lines").config())
                .containsEntry("retention.ms", "259200000")
                .containsEntry("message.timestamp.type", "CreateTime");
        assertThat(plan("s.dead-letters").config()).containsEntry("cleanup.policy", "compact");
    }

    @Test
    void a_topic_as_planned_has_no_conflict_and_its_retention_is_the_operators() {
        for (TopicPlan plan : plans.values()) {
            Map<String, String> actual = new HashMap<>(plan.config());
            actual.put("retention.ms", "1");
            actual.put("max.message.bytes", "10000000");
            assertThat(TopicConflicts.of(plan, actual::get)).isEmpty();
        }
    }

    @Test
    void each_conflict_is_a_sentence() {
        Map<String, String> actual = Map.of(
                "cleanup.policy", "compact", "message.timestamp.type", "LogAppendTime", "max.message.bytes", "1048588");
        assertThat(TopicConflicts.of(plan("s.lines"), actual::get))
                .containsExactly(
                        "Topic s.lines has cleanup.policy=compact, Spoor needs delete."
                                + " Nothing was altered; see docs/topics.md.",
                        "Topic s.lines has message.timestamp.type=LogAppendTime, Spoor needs CreateTime."
                                + " Nothing was altered; see docs/topics.md.",
                        "Topic s.lines has max.message.bytes=1048588, Spoor needs at least 9437184."
                                + " Nothing was altered; see docs/topics.md.");
        assertThat(TopicConflicts.ofPartitions(Map.of("s.lines", 4, "s.runs", 4)))
                .isEmpty();
        assertThat(TopicConflicts.ofPartitions(Map.of("s.lines", 4, "s.runs", 3)))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("s.lines has 4", "s.runs has 3"));
    }

    private TopicPlan plan(String name) {
        return Objects.requireNonNull(plans.get(name), name);
    }
}
