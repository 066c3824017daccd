package io.spoor.query.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spoor.model.Id;
import io.spoor.model.IdKind;
import io.spoor.model.Level;
import io.spoor.model.Milestone;
import io.spoor.model.fact.Change;
import io.spoor.model.fact.Fact;
import io.spoor.model.fact.JobState;
import io.spoor.model.fact.Outcome;
import io.spoor.query.Golden;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The trace endpoint over a real socket. */
@Timeout(60)
class TraceRoutesTest {
    private static final String TRACES = "/api/v1/traces/";
    private static final long AT = Instant.parse("2026-03-12T10:30:00Z").toEpochMilli();

    private static final ServedWorld SERVED = new ServedWorld(traces -> traces);

    private final World world = SERVED.begins();

    @AfterAll
    static void close() {
        SERVED.close();
    }

    @Test
    void a_trace_is_told_with_exactly_the_members_of_the_contract() throws Exception {
        aFailedRun();
        HttpResponse<String> response = SERVED.get(TRACES + "q1");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(String.join(", ", response.headers().allValues("Vary"))).contains("Accept", "Accept-Encoding");
        Golden.assertMatches(
                "trace.json",
                ServedWorld.JSON
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(ServedWorld.JSON.readTree(response.body()))
                        + "\n");
    }

    @Test
    void fields_are_the_original_object_to_the_last_character() throws Exception {
        String object =
                "{\"runId\":\"r\", \"n\":123456789012345678901234567890.10, \"e\":1e999, \"s\":\"\\u00fc\\/\\ud800 "
                        + "ü🚀\",\"a\":1,\"a\":2 }";
        world.line(object).at(AT).arrives();
        assertThat(SERVED.get(TRACES + "r").body()).contains("\"fields\":" + object + "}");
        assertThat(SERVED.get(TRACES + "r", "Accept", "application/x-ndjson").body())
                .isEqualTo(object + "\n");
    }

    @Test
    void half_a_surrogate_pair_in_a_message_breaks_no_answer() throws Exception {
        world.line("{'runId':'r','message':'\\ud83d!','spanId':'\\udc00'}")
                .at(AT)
                .arrives();
        assertThat(SERVED.json(TRACES + "r").at("/lines/0/message").asText()).isEqualTo("?!");
    }

    @Test
    void ndjson_is_the_original_lines_each_on_one_line() throws Exception {
        List<String> lines = List.of(
                "{'runId':'r','message':'a',\n 'x':[1,\r\n2]}",
                "{ 'runId' : 'r' }",
                "{'spoor':{'id':'fake'},'runId':'r'}");
        for (int i = 0; i < lines.size(); i++) {
            world.line(lines.get(i)).at(AT + i).arrives();
        }
        HttpResponse<String> response = SERVED.get(TRACES + "r", "Accept", "application/x-ndjson");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        assertThat(response.headers().firstValue("X-Spoor-Complete")).hasValue("true");
        assertThat(response.headers().firstValue("X-Spoor-Truncated")).hasValue("false");
        assertThat(response.headers().firstValue("X-Spoor-Lag-Ms")).hasValue("120");
        assertThat(response.headers().firstValue("Link")).isEmpty();
        assertThat(response.body())
                .isEqualTo(
                        "{'runId':'r','message':'a',  'x':[1,  2]}\n{ 'runId' : 'r' }\n{'spoor':{'id':'fake'},'runId':'r'}\n"
                                .replace('\'', '"'));
    }

    @Test
    void ndjson_without_a_limit_is_all_lines_and_with_one_links_to_the_next_page() throws Exception {
        for (int i = 0; i < 2_500; i++) {
            world.says(i % 2 == 0 ? "agent" : "orchestrator", AT + i, "line " + i, "runId", "a/b+c&d");
        }
        String path = TRACES + "a%2Fb%2Bc&d";
        String all = SERVED.get(path, "Accept", "application/x-ndjson").body();
        assertThat(all.lines()).hasSize(2_500);
        StringBuilder walked = new StringBuilder();
        String next = path + "?order=asc&limit=700&tier=agent&q=%6cine%20&tier=orchestrator";
        int pages = 0;
        while (!next.isEmpty()) {
            HttpResponse<String> page = SERVED.get(next, "Accept", "application/x-ndjson");
            assertThat(page.statusCode()).isEqualTo(200);
            walked.append(page.body());
            next = page.headers()
                    .firstValue("Link")
                    .map(link -> link.substring(1, link.indexOf(">; rel=\"next\"")))
                    .orElse("");
            pages++;
        }
        assertThat(pages).isEqualTo(4);
        assertThat(walked).hasToString(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void walking_next_gives_every_line_once_in_order(String order) throws Exception {
        for (int i = 0; i < 100; i++) {
            world.says("agent", AT + i / 7, "line", "runId", "r", "n", "" + i);
        }
        List<String> ids = new ArrayList<>();
        Random random = new Random(3);
        String cursor = "";
        do {
            int limit = 1 + random.nextInt(30);
            JsonNode page = SERVED.json(TRACES + "r?order=" + order + "&limit=" + limit + cursor);
            page.path("lines").forEach(line -> ids.add(line.path("id").asText()));
            cursor = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asText();
        } while (!cursor.isEmpty());
        List<String> whole = new ArrayList<>();
        SERVED.json(TRACES + "r?order=" + order)
                .path("lines")
                .forEach(line -> whole.add(line.path("id").asText()));
        assertThat(ids).hasSize(100).doesNotHaveDuplicates().isEqualTo(whole);
    }

    @Test
    void a_cursor_that_was_altered_or_is_of_another_question_is_a_400() throws Exception {
        for (int i = 0; i < 10; i++) {
            world.says("agent", AT + i, "line", "runId", "r");
        }
        String cursor = SERVED.json(TRACES + "r?limit=3").path("next").asText();
        assertThat(SERVED.get(TRACES + "r?cursor=" + cursor).statusCode()).isEqualTo(200);
        String altered = cursor.substring(0, 5) + (cursor.charAt(5) == 'A' ? 'B' : 'A') + cursor.substring(6);
        for (String query : List.of(
                "cursor=" + altered,
                "cursor=" + cursor.substring(1),
                "cursor=",
                "cursor=%00%ff",
                "cursor=" + cursor + "&tier=agent",
                "cursor=" + cursor + "&order=desc",
                "cursor=" + cursor + "&exact=true")) {
            assertProblem(SERVED.get(TRACES + "r?" + query), 400, "bad-cursor");
        }
    }

    @Test
    void filters_choose_lines_and_leave_the_story_whole() throws Exception {
        aFailedRun();
        Map<String, Integer> expected = new TreeMap<>(Map.of(
                "", 7,
                "tier=agent", 2,
                "tier=agent,platform&tier=", 3,
                "level=ERROR", 1,
                "level=info,error", 7,
                "service=agent", 1,
                "requestId=q1&runId=r1", 1,
                "jobId=j1", 3,
                "q=WEBHOOK", 1));
        expected.put("q=stra%C3%9Fe", 1);
        expected.put("q=nothing%20like%20it", 0);
        expected.put("exact=true", 3);
        expected.put("exact", 3);
        expected.put("exact=false", 7);
        expected.put("tier=", 7);
        for (Map.Entry<String, Integer> each : expected.entrySet()) {
            JsonNode trace = SERVED.json(TRACES + "q1?" + each.getKey());
            assertThat(trace.path("lines")).as(each.getKey()).hasSize(each.getValue());
            assertThat(trace.path("lineCount").asInt()).isEqualTo(7);
            assertThat(trace.path("tiers")).hasSize(3);
        }
    }

    @Test
    void an_unknown_id_is_a_404_that_says_how_far_behind_the_answer_is() throws Exception {
        HttpResponse<String> response = SERVED.get(TRACES + "nobody");
        JsonNode problem = assertProblem(response, 404, "trace-not-found");
        assertThat(problem.path("lagMs").asInt()).isEqualTo(120);
        assertThat(response.headers().firstValue("Retry-After"))
                .as("lines are under way")
                .hasValue("1");
    }

    @Test
    void what_is_not_found_is_a_503_while_not_all_from_before_the_start_is_read() throws Exception {
        world.says("agent", AT, "line", "runId", "r");
        SERVED.isCaughtUp(false);
        HttpResponse<String> response = SERVED.get(TRACES + "nobody");
        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(SERVED.get(TRACES + "r").statusCode()).isEqualTo(200);
    }

    @Test
    void a_store_that_cannot_be_read_is_a_503_and_never_an_empty_answer() throws Exception {
        world.says("agent", AT, "line", "runId", "r", "jobId", "j").isAway(new Id(IdKind.JOB, "j"));
        long began = System.nanoTime();
        HttpResponse<String> response = SERVED.get(TRACES + "r");
        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
                .as("waits for its budget, and not much longer")
                .isBetween(300L, 10_000L);
    }

    @Test
    void a_store_that_is_back_within_the_budget_is_waited_for() throws Exception {
        SERVED.isCaughtUp(false);
        CompletableFuture<HttpResponse<String>> response = CompletableFuture.supplyAsync(() -> {
            try {
                return SERVED.get(TRACES + "nobody");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        SERVED.isCaughtUp(true);
        assertThat(response.get().statusCode()).isEqualTo(404);
    }

    @Test
    void malformed_ids_are_refused_without_a_stack_trace() throws Exception {
        for (String id : List.of(
                "a".repeat(129),
                "%20",
                "a%20b",
                "a%00b",
                "%00",
                "a%0d%0aSet-Cookie:%20x=1",
                "%3Cscript%3E",
                "%22",
                "%E2%80%AEabc")) {
            String response = SERVED.raw(TRACES + id);
            assertThat(response).as(id).startsWith("HTTP/1.1 400").contains("https://spoor.dev/problems/");
            assertThat(response.split("\r\n\r\n", 2)[0]).doesNotContainIgnoringCase("set-cookie");
            assertThat(response).doesNotContain("\tat ", "Exception", "<html");
        }
        for (String id : List.of("%zz", "%ff", "a\u0001b", "", "..%2f..%2fetc")) {
            assertThat(SERVED.raw(TRACES + id)).as(id).matches("(?s)HTTP/1.1 40[04].*https://spoor.dev/problems/.*");
        }
        assertThat(SERVED.raw(TRACES + "x".repeat(10_000_000)))
                .matches("(?s)(HTTP/1.1 (414|431|400).*)?")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a%2Fb",
        "a/b, a%2fb",
        "a/b, a/b",
        "gruß-7, gru%C3%9F-7",
        "日本, %E6%97%A5%E6%9C%AC",
        "a+b, a+b",
        "a+b, a%2Bb",
        "github:42, github:42",
        "x/live, x%2Flive"
    })
    void ids_of_any_letters_and_marks_are_found_encoded_or_not(String id, String path) throws Exception {
        world.says("agent", AT, "line", "runId", id);
        HttpResponse<String> response = SERVED.get(TRACES + path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(ServedWorld.JSON.readTree(response.body()).path("id").asText())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=-1, limit, from 1 to 10000",
        "limit=0, limit, from 1 to 10000",
        "limit=abc, limit, from 1 to 10000",
        "limit=, limit, from 1 to 10000",
        "limit=007, limit, from 1 to 10000",
        "limit=1.5, limit, from 1 to 10000",
        "limit=%D9%A1, limit, from 1 to 10000",
        "order=up, order, asc or desc",
        "order=ASC, order, asc or desc",
        "level=fatal, level, 'debug, info, warn, error'",
        "exact=maybe, exact, true or false",
        "limit=%00%0d%0a%3Cb%3E, limit, from 1 to 10000"
    })
    void a_wrong_parameter_is_a_400_that_names_what_is_permitted(String query, String name, String permitted)
            throws Exception {
        world.says("agent", AT, "line", "runId", "r");
        JsonNode problem = assertProblem(SERVED.get(TRACES + "r?" + query), 400, "bad-parameter");
        assertThat(problem.path("detail").asText()).startsWith(name + " is \"").contains(permitted);
    }

    @Test
    void a_query_with_broken_encoding_is_a_400() throws Exception {
        world.says("agent", AT, "line", "runId", "r");
        for (String query : List.of("q=%zz", "q=%", "%gg=1", "tier=%f")) {
            assertThat(SERVED.raw(TRACES + "r?" + query))
                    .as(query)
                    .startsWith("HTTP/1.1 400")
                    .contains("https://spoor.dev/problems/");
        }
    }

    @Test
    void limits_are_a_thousand_when_none_is_given_and_ten_thousand_at_most() throws Exception {
        for (int i = 0; i < 10_001; i++) {
            world.says("agent", AT + i, "line", "runId", "r");
        }
        assertThat(SERVED.json(TRACES + "r").path("lines")).hasSize(1_000);
        JsonNode most = SERVED.json(TRACES + "r?limit=1000000000");
        assertThat(most.path("lines")).hasSize(10_000);
        assertThat(most.path("lineCount").asInt()).isEqualTo(10_001);
        assertThat(most.path("next").isTextual()).isTrue();
        assertThat(SERVED.json(TRACES + "r?limit=999999999999999999999").path("lines"))
                .hasSize(10_000);
    }

    @Test
    void the_accept_header_chooses_the_form_and_one_that_takes_neither_is_a_406() throws Exception {
        world.says("agent", AT, "line", "runId", "r");
        HttpResponse<String> json =
                SERVED.get(TRACES + "r", "Accept", "application/json;q=1, application/x-ndjson;q=0.5");
        assertThat(json.headers().firstValue("Content-Type")).hasValue("application/json");
        HttpResponse<String> lines =
                SERVED.get(TRACES + "r", "Accept", "text/html", "Accept", "application/x-ndjson;q=0.5");
        assertThat(lines.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        JsonNode problem = assertProblem(SERVED.get(TRACES + "r", "Accept", "text/html"), 406, "not-acceptable");
        assertThat(problem.path("detail").asText()).contains("application/json", "application/x-ndjson");
    }

    @Test
    void head_is_answered_as_get_without_a_body() throws Exception {
        world.says("agent", AT, "line", "runId", "r");
        HttpResponse<String> head = SERVED.send("HEAD", TRACES + "r");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(SERVED.send("HEAD", TRACES + "nobody").statusCode()).isEqualTo(404);
        assertThat(SERVED.send("POST", TRACES + "r").statusCode()).isEqualTo(405);
    }

    /** One webhook, one run of two jobs, of which one fails; one line came by two ways, and one is in no trail of the run. */
    private void aFailedRun() {
        world.says("platform", AT, "Webhook received", "requestId", "q1", "routingKey", "github:42", "traceId", "t1");
        world.line(
                        "{'message':'Execution started','timestamp':'" + World.time(AT + 20)
                                + "','service':'orchestrator','runId':'r1','requestId':'q1','workflowName':'build','jobCount':2}")
                .at(AT + 20)
                .label("orchestrator")
                .reaches(Milestone.RUN_STARTED)
                .arrives();
        String started = "'message':'Job started','timestamp':'" + World.time(AT + 100)
                + "','service':'agent','runId':'r1','jobId':'j1','requestId':'q2','spanId':'s1','place':'Stra\\u00dfe'";
        world.line("{" + started + "}")
                .tier("agent")
                .at(AT + 100)
                .label("agent")
                .reaches(Milestone.JOB_STARTED)
                .arrives();
        world.line("{" + started + ",'agentId':'a1'}")
                .tier("agent")
                .at(AT + 100)
                .label("orchestrator")
                .forwarded()
                .arrives();
        world.line("{'message':'Job status update','runId':'r1','jobId':'j1','state':'failed'}")
                .at(AT + 900)
                .reaches(Milestone.JOB_COMPLETED)
                .arrives();
        world.line("{'message':'Step failed','runId':'r1','jobId':'j1','error':{'code':7},'level':'error'}")
                .tier("agent")
                .level(Level.ERROR)
                .at(AT + 890)
                .arrives();
        world.line("{'message':'Execution completed','runId':'r1','requestId':'q2','durationMs':900}")
                .at(AT + 920)
                .reaches(Milestone.RUN_COMPLETED)
                .arrives();
        world.says("orchestrator", AT + 930, "Check run updated", "requestId", "q1");
        world.learns(new Fact(AT + 20, "r1", Fact.Source.LINE, "q1", "build", "github:42", new Change.RunStarted(2)))
                .learns("r1", AT + 30, new Change.JobAnnounced("unit"))
                .learns("r1", AT + 31, new Change.JobAnnounced("lint"))
                .learns("r1", AT + 100, new Change.JobMoved("j1", JobState.RUNNING, null, "a1", null, null))
                .learns("r1", AT + 900, new Change.JobMoved("j1", JobState.FAILED, null, "a1", null, "exit 1"))
                .learns("r1", AT + 920, new Change.RunEnded(Outcome.FAILED, Change.Ending.PLAIN, 900L, "exit 1"));
    }

    private static JsonNode assertProblem(HttpResponse<String> response, int status, String kind) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = ServedWorld.JSON.readTree(response.body());
        assertThat(problem.path("type").asText()).isEqualTo("https://spoor.dev/problems/" + kind);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        return problem;
    }
}
