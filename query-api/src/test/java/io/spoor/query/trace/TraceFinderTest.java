package io.spoor.query.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spoor.aggregate.Unavailable;
import io.spoor.model.Id;
import io.spoor.model.IdKind;
import io.spoor.model.LineId;
import io.spoor.model.fact.Change;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TraceFinderTest {
    private static final TraceLimits LIMITS = new TraceLimits(100, 10_000, 100_000);

    private final World world = new World();

    @Test
    void asking_any_id_of_a_run_with_several_requestIds_gives_the_same_whole_story() throws Unavailable {
        world.says("platform", 1, "Webhook received", "requestId", "q1", "deliveryId", "d1")
                .says("orchestrator", 2, "Execution started", "runId", "r1", "requestId", "q1", "traceId", "t1")
                .says("orchestrator", 3, "Job status update", "runId", "r1", "jobId", "j1")
                .says("agent", 4, "Accepting job dispatch", "requestId", "q2", "jobId", "j2")
                .says("agent", 5, "Step", "runId", "r1", "requestId", "q3", "jobId", "j2")
                .says("agent", 6, "Clean up", "jobId", "j2")
                .says("agent", 7, "Step", "runId", "r1", "requestId", "q4", "eventId", "e1")
                .says("agent", 5, "Elsewhere", "runId", "r2", "requestId", "q9")
                .learns("r1", 2, new Change.RunStarted(2));
        for (String id : List.of("r1", "q1", "q2", "q3", "q4", "j1", "j2", "t1", "d1", "e1")) {
            Trace trace = find(id).orElseThrow();
            assertThat(times(trace)).as(id).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
            assertThat(trace.runs()).as(id).extracting(run -> run.runId()).containsExactly("r1");
            assertThat(trace.truncated()).as(id).isFalse();
            assertThat(trace.idsOf(IdKind.REQUEST)).as(id).containsExactly("q1", "q2", "q3", "q4");
        }
    }

    @Test
    void a_webhook_that_starts_two_runs_is_one_trace() throws Unavailable {
        world.says("orchestrator", 1, "Webhook processed", "requestId", "q1")
                .says("orchestrator", 2, "Execution started", "runId", "r1", "requestId", "q1")
                .says("orchestrator", 3, "Execution started", "runId", "r2", "requestId", "q1")
                .says("orchestrator", 4, "Execution completed", "runId", "r2")
                .learns("r1", 2, new Change.RunStarted(1))
                .learns("r2", 3, new Change.RunStarted(1));
        for (String id : List.of("q1", "r1", "r2")) {
            Trace trace = find(id).orElseThrow();
            assertThat(times(trace)).as(id).containsExactly(1L, 2L, 3L, 4L);
            assertThat(trace.runs()).hasSize(2);
        }
    }

    @Test
    void one_value_that_is_the_id_of_several_kinds_is_read_once_for_each() throws Unavailable {
        world.says("orchestrator", 1, "both", "runId", "x", "requestId", "x")
                .says("orchestrator", 2, "request", "requestId", "x")
                .learns("x", 1, new Change.RunStarted(1));
        Trace trace = find("x").orElseThrow();
        assertThat(times(trace)).containsExactly(1L, 2L);
        assertThat(trace.runs()).hasSize(1);
        assertThat(world.reads()).isEqualTo(IdKind.values().length);
    }

    @Test
    void an_id_nobody_has_seen_has_no_trace_and_neither_has_one_whose_lines_are_gone() throws Unavailable {
        assertThat(find("nobody")).isEmpty();
        world.link(new Id(IdKind.REQUEST, "q1"), new Id(IdKind.RUN, "r1"));
        assertThat(find("q1")).isEmpty();
    }

    @Test
    void a_run_without_lines_is_a_trace() throws Unavailable {
        world.learns("r1", 5, new Change.RunStarted(1));
        assertThat(find("r1").orElseThrow().runs()).hasSize(1);
    }

    @Test
    void a_line_that_was_stored_twice_is_there_once() throws Unavailable {
        LineId id = new LineId(1, 7, LineId.ALONE);
        world.line("{'runId':'r1','message':'m'}").at(1).arrives(id);
        world.line("{'runId':'r1','message':'m'}").at(1).arrives(id);
        assertThat(find("r1").orElseThrow().lines())
                .singleElement()
                .satisfies(line -> assertThat(line.copies()).isEqualTo(1));
    }

    @Test
    void lines_of_one_millisecond_keep_the_order_of_arrival() throws Unavailable {
        for (int offset : List.of(3, 1, 2)) {
            world.line("{'runId':'r1','message':'" + offset + "','timestamp':'t'}")
                    .arrives(new LineId(0, offset, LineId.ALONE));
        }
        assertThat(find("r1").orElseThrow().lines())
                .extracting(line -> line.text("message"))
                .containsExactly("1", "2", "3");
    }

    @Test
    void a_trace_of_more_trails_than_the_limit_says_that_it_is_truncated() throws Unavailable {
        for (int i = 0; i < 100; i++) {
            world.says("orchestrator", i, "Execution started", "runId", "r" + i, "requestId", "q");
        }
        assertThat(find("q").orElseThrow().truncated()).isFalse();
        world.says("orchestrator", 100, "Execution started", "runId", "r100", "requestId", "q");
        Trace trace = find("q").orElseThrow();
        assertThat(trace.truncated()).isTrue();
        assertThat(trace.lines()).hasSize(100);
    }

    @Test
    void a_trace_of_more_lines_than_the_limit_keeps_the_first_and_says_so() throws Unavailable {
        for (int i = 0; i < 20; i++) {
            world.says("orchestrator", i, "line", "runId", "r1");
        }
        Trace trace =
                new TraceFinder(world, new TraceLimits(100, 100, 7)).find("r1").orElseThrow();
        assertThat(times(trace)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(trace.truncated()).isTrue();
    }

    @Test
    void a_requestId_that_ten_thousand_runs_share_costs_few_reads() throws Unavailable {
        for (int i = 0; i < 10_000; i++) {
            world.says("orchestrator", i, "Execution started", "runId", "r" + i, "requestId", "all", "jobId", "j" + i);
        }
        Trace trace = find("all").orElseThrow();
        assertThat(trace.truncated()).isTrue();
        assertThat(world.reads()).isLessThanOrEqualTo(LIMITS.trails() + IdKind.values().length + 1);
    }

    @Test
    void ids_that_lead_nowhere_are_followed_only_up_to_their_limit() throws Unavailable {
        for (int i = 0; i < 300; i++) {
            world.says("agent", i, "Step", "runId", "r", "jobId", "j" + i);
        }
        Trace trace =
                new TraceFinder(world, new TraceLimits(100, 50, 1000)).find("r").orElseThrow();
        assertThat(trace.truncated()).isTrue();
        assertThat(trace.lines()).hasSize(300);
        assertThat(world.reads()).isLessThanOrEqualTo(50);
    }

    @Test
    void nothing_is_answered_while_any_part_cannot_be_read() throws Unavailable {
        world.says("orchestrator", 1, "a", "requestId", "q1")
                .says("orchestrator", 2, "b", "runId", "r1", "requestId", "q1", "jobId", "j1");
        for (Id id : List.of(
                new Id(IdKind.REQUEST, "q1"),
                new Id(IdKind.RUN, "r1"),
                new Id(IdKind.JOB, "j1"),
                new Id(IdKind.EVENT, "q1"))) {
            world.isAway(id);
            assertThatThrownBy(() -> find("q1")).as("%s", id).isInstanceOf(Unavailable.class);
            world.isBack();
        }
        assertThat(times(find("q1").orElseThrow())).containsExactly(1L, 2L);
    }

    @Test
    void in_any_small_world_a_trace_is_the_connected_part_that_the_id_is_in() throws Unavailable {
        Random random = new Random(20_261_123);
        for (int round = 0; round < 300; round++) {
            World small = new World();
            Groups groups = new Groups();
            Map<String, Set<Long>> expected = new HashMap<>();
            List<List<String>> idsOfLine = new ArrayList<>();
            int lines = 1 + random.nextInt(25);
            for (int at = 0; at < lines; at++) {
                List<String> members = new ArrayList<>();
                List<String> ids = new ArrayList<>();
                for (String member : List.of("runId", "requestId", "jobId")) {
                    if (random.nextInt(3) > 0) {
                        String id = member.substring(0, 3) + "-" + random.nextInt(9);
                        members.addAll(List.of(member, id));
                        ids.add(id);
                    }
                }
                small.says("agent", at, "line", members.toArray(String[]::new));
                ids.forEach(id -> groups.join(ids.get(0), id));
                idsOfLine.add(ids);
            }
            for (int at = 0; at < lines; at++) {
                for (String id : idsOfLine.get(at)) {
                    expected.computeIfAbsent(groups.of(id), any -> new HashSet<>())
                            .add((long) at);
                }
            }
            for (String id : groups.all()) {
                Trace trace = new TraceFinder(small, LIMITS).find(id).orElseThrow();
                assertThat(times(trace))
                        .as("round %d, id %s", round, id)
                        .containsExactlyElementsOf(new TreeSet<>(expected.get(groups.of(id))));
                assertThat(trace.ids().stream().map(Id::value).collect(Collectors.toSet()))
                        .isEqualTo(groups.with(id));
            }
        }
    }

    @Test
    void numbers_of_any_length_and_deep_nesting_do_not_hurt() throws Unavailable {
        String number = "9".repeat(5_000);
        String deep = "[".repeat(60) + "]".repeat(60);
        String object = "{'runId':'r1','message':'m','n':" + number + ",'deep':" + deep + "}";
        world.line(object).at(1).arrives();
        world.line(object).at(1).arrives();
        assertThat(find("r1").orElseThrow().lines()).singleElement().satisfies(line -> {
            assertThat(line.copies()).isEqualTo(2);
            assertThat(new String(line.original(), StandardCharsets.UTF_8)).isEqualTo(object.replace('\'', '"'));
        });
    }

    private Optional<Trace> find(String id) throws Unavailable {
        return new TraceFinder(world, LIMITS).find(id);
    }

    private static List<Long> times(Trace trace) {
        return trace.lines().stream().map(line -> line.stamp().at()).toList();
    }

    /** Union-find, as plain as can be. */
    private static final class Groups {
        private final Map<String, String> parents = new HashMap<>();

        String of(String id) {
            String parent = parents.computeIfAbsent(id, self -> self);
            return parent.equals(id) ? id : of(parent);
        }

        void join(String a, String b) {
            parents.put(of(a), of(b));
        }

        Set<String> all() {
            return Set.copyOf(parents.keySet());
        }

        Set<String> with(String id) {
            return all().stream().filter(other -> of(other).equals(of(id))).collect(Collectors.toSet());
        }
    }
}
