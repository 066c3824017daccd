package io.spoor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupBenchIT {

    @Test
    void every_lookup_finds_a_whole_trace_and_nothing_is_left_behind() throws Exception {
        List<String> progress = new ArrayList<>();
        LookupBench.Plan plan = new LookupBench.Plan(3, 20, Duration.ofSeconds(1));
        LookupBench.Result result = new LookupBench(plan, InstantSource.system(), progress::add).run();
        assertThat(result.health().requests()).isEqualTo(20);
        assertThat(result.health().failed()).isZero();
        assertThat(result.lookup().requests()).isEqualTo(20);
        assertThat(result.lookup().failed()).isZero();
        assertThat(directoryNamedIn(progress.get(0))).doesNotExist();
    }

    private static Path directoryNamedIn(String starting) {
        assertThat(starting).matches("Starting Spoor in .+ \\.\\.\\.");
        return Path.of(starting.replaceAll("Starting Spoor in (.+) \\.\\.\\.", "$1"));
    }
}
