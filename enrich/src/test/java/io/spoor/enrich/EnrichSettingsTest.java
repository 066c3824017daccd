package io.spoor.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spoor.enrich.fact.Telling;
import io.spoor.enrich.unwrap.UnwrapSettings;
import io.spoor.model.IdKind;
import io.spoor.model.Level;
import io.spoor.runtime.settings.Settings;
import io.spoor.runtime.settings.SettingsProblems;
import io.spoor.runtime.settings.SettingsSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrichSettingsTest {
    @TempDir
    Path directory;

    @Test
    void the_defaults_are_those_of_the_manual() {
        EnrichSettings settings = EnrichDriver.settings();

        assertThat(settings.unwrap()).isEqualTo(UnwrapSettings.defaults());
        assertThat(settings.aheadAtMost()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.behindAtMost()).isEqualTo(Duration.ofDays(3));
        assertThat(settings.ids().get(IdKind.RUN)).containsExactly("runId", "run_id");
        assertThat(settings.ids()).containsOnlyKeys(IdKind.values());
        assertThat(settings.tiers()).containsEntry("postgres*", "database");
        assertThat(settings.levels()).containsEntry("fatal", Level.ERROR);
        assertThat(settings.milestones()).containsEntry("Job status update", Reaching.BY_JOB_STATE);
        assertThat(settings.facts())
                .containsEntry("Execution completed (stale detector, DB-fallback)", Telling.RUN_STALE)
                .containsEntry("Job permanently failed before/outside agent execution", Telling.JOB_FAILED);
    }

    @Test
    void a_file_adds_to_the_tables_and_changes_them() throws IOException {
        EnrichSettings settings = read("""
                spoor.enrich {
                  tiers { "mysql*" = database }
                  milestones { "Job dispatched" = none, "v1.2 deployed" = run.completed }
                  facts { "Pipeline over" = run-completed }
                  max-line = 2 MiB
                }
                """);

        assertThat(settings.tiers()).containsEntry("mysql*", "database").containsEntry("agent", "agent");
        assertThat(settings.milestones())
                .containsEntry("Job dispatched", Reaching.NONE)
                .containsEntry("v1.2 deployed", Reaching.RUN_COMPLETED);
        assertThat(settings.facts()).containsEntry("Pipeline over", Telling.RUN_COMPLETED);
        assertThat(settings.unwrap().maxLineBytes()).isEqualTo(2 << 20);
    }

    @Test
    void all_problems_are_told_at_once() {
        assertThatThrownBy(() -> read("""
                                spoor.enrich {
                                  threads = 0
                                  max-line = 3 MiB
                                  max-record = 1 GiB
                                  milestones { "Job dispatched" = job.dispatchd }
                                  facts { "Job dispatched" = "Job-Announced" }
                                  levels { loud = louder }
                                }
                                """))
                .isInstanceOfSatisfying(
                        SettingsProblems.class,
                        problems -> assertThat(problems.problems())
                                .hasSize(6)
                                .contains(
                                        "spoor.conf: 7: spoor.enrich.levels.loud is \"louder\"; write one of debug, error, info, warn.")
                                .anySatisfy(problem -> assertThat(problem)
                                        .startsWith(
                                                "spoor.conf: 5: spoor.enrich.milestones.Job dispatched is \"job.dispatchd\"; ")
                                        .contains("job.dispatched"))
                                .anySatisfy(problem -> assertThat(problem).contains("max-line", "2 MiB")));
    }

    private EnrichSettings read(String conf) throws IOException {
        Path file = Files.writeString(directory.resolve("spoor.conf"), conf);
        return Settings.load(new SettingsSources(Map.of(), Map.of(), Set.of(), file, directory))
                .read(EnrichSettings::from);
    }
}
