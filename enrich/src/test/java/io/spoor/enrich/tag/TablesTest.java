package io.spoor.enrich.tag;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.enrich.json.JsonScan;
import io.spoor.model.Id;
import io.spoor.model.IdKind;
import io.spoor.model.Level;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTest {
    private static final Map<String, Level> LEVELS = Map.of(
            "debug", Level.DEBUG, "info", Level.INFO, "warn", Level.WARN, "Warning", Level.WARN, "error", Level.ERROR);

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "orchestrator,       none,         orchestrator",
                "Orchestrator,       none,         orchestrator",
                "' orchestrator ',   none,         orchestrator",
                "orchestrator-eu-1,  none,         orchestrator",
                "none,               agent,        agent",
                "'',                 agent,        agent",
                "postgres-orch,      orchestrator, database",
                "my-postgres,        none,         storage",
                "a-db-b,             none,         middle",
                "Billing,            agent,        Billing",
                "none,               none,         unknown",
                "postgres-special,   none,         special",
                "postgres-s,         none,         database",
            })
    void a_whole_name_beats_a_pattern_and_a_longer_pattern_a_shorter(String own, String label, String tier) {
        TierTable tiers = new TierTable(Map.of(
                "orchestrator", "orchestrator",
                "ORCHESTRATOR-*", "orchestrator",
                "agent", "agent",
                "postgres*", "database",
                "postgres-special*", "special",
                "*-postgres", "storage",
                "*-db-*", "middle"));

        assertThat(tiers.of(own, label)).isEqualTo(tier);
        assertThat(tiers.of(own, label)).as("remembered").isEqualTo(tier);
    }

    @Test
    void patterns_of_one_length_do_not_depend_on_the_order_of_the_settings() {
        Map<String, String> one = new LinkedHashMap<>(Map.of("ab*", "front"));
        one.put("*yz", "back");
        Map<String, String> other = new LinkedHashMap<>(Map.of("*yz", "back"));
        other.put("ab*", "front");

        assertThat(new TierTable(one).of("abyz", null)).isEqualTo(new TierTable(other).of("abyz", null));
    }

    @Test
    void endless_names_do_not_fill_the_memory_of_tiers() {
        TierTable tiers = new TierTable(Map.of("agent-*", "agent"));

        for (int i = 0; i < 10_000; i++) {
            assertThat(tiers.of("agent-" + i, null)).isEqualTo("agent");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'level':'error'}              | ERROR",
                "{'level':' Warning '}          | WARN",
                "{'level':'WARN'}               | WARN",
                "{'level':'INFO','severity':'error'} | INFO",
                "{'severity':'debug'}           | DEBUG",
                "{'log':{'level':'error'}}      | ERROR",
                "{'log.level':'error'}          | ERROR",
                "{'lvl':'warn'}                 | WARN",
                "{'level':10}                   | DEBUG",
                "{'level':20}                   | DEBUG",
                "{'level':30}                   | INFO",
                "{'level':40}                   | WARN",
                "{'level':50}                   | ERROR",
                "{'level':60}                   | ERROR",
                "{'level':3}                    | INFO",
                "{'level':-1}                   | INFO",
                "{'level':1e99}                 | INFO",
                "{'level':99999999999999999999} | INFO",
                "{'level':null}                 | INFO",
                "{'level':{}}                   | INFO",
                "{'level':'purple','lvl':'warn'}| WARN",
                "{'level':'purple'}             | INFO",
                "{}                             | INFO",
            })
    void levels_are_found_whatever_they_are_called(String line, Level level) {
        assertThat(new LevelTable(LEVELS).of(scan(line), null, null)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{'message':'Job dispatched'}          | a",
                "{'message':'JOB DISPATCHED'}          | a",
                "{'message':'Job\\u0020dispatched'}    | a",
                "{'message':'Job dispatched '}         | none",
                "{'message':'Job dispatche'}           | none",
                "{'message':'\u00c9tat'}               | b",
                "{'message':'\u00e9tat'}               | none",
                "{'message':'TITLE'}                   | c",
                "{'message':''}                        | none",
                "{'message':7}                         | none",
                "{'message':['Job dispatched']}        | none",
                "{}                                    | none",
            })
    void a_message_means_what_the_table_says(String line, String meaning) {
        MessageTable<String> table = new MessageTable<>(Map.of("Job dispatched", "a", "\u00c9tat", "b", "title", "c"));

        assertThat(table.of(scan(line))).isEqualTo(meaning);
    }

    @Test
    void a_large_table_finds_every_message_and_no_other() {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            numbers.put("Message " + i, i);
        }
        MessageTable<Integer> table = new MessageTable<>(numbers);

        numbers.forEach((message, i) ->
                assertThat(table.of(scan("{'message':'" + message + "'}"))).isEqualTo(i));
        assertThat(table.of(scan("{'message':'Message 1000'}"))).isNull();
        assertThat(new MessageTable<Integer>(Map.of()).of(scan("{'message':'x'}")))
                .isNull();
    }

    @Test
    void ids_are_read_strongest_first_and_only_where_they_are_ids() {
        LineIds ids = new LineIds(Map.of(
                IdKind.RUN, List.of("runId", "run_id"),
                IdKind.REQUEST, List.of("requestId", "http.request.id"),
                IdKind.JOB, List.of("jobId"),
                IdKind.DELIVERY, List.of("deliveryId")));

        assertThat(ids.of(
                        scan("{'msg':'','deliveryId':'d','jobId':12,'http':{'request':{'id':'q'}},'run_id':'r'}"),
                        null))
                .extracting(Id::key)
                .containsExactly("run:r", "req:q", "job:12", "delivery:d");
        assertThat(ids.of(scan("{'message':'','http.request.id':'q'}"), null))
                .extracting(Id::key)
                .containsExactly("req:q");
        assertThat(ids.of(scan("{'level':'info','runId':'two words','run_id':'r2'}"), null))
                .extracting(Id::key)
                .containsExactly("run:r2");
        assertThat(ids.of(scan("{'run_id':'r','status':'success','jobId':'j'}"), null))
                .as("a row of a table, not a line")
                .extracting(Id::key)
                .containsExactly("job:j");
        assertThat(ids.of(
                        scan("{'runId':'" + "x".repeat(129) + "','jobId':1.5,'requestId':true,'deliveryId':'\\u0000'}"),
                        null))
                .isEmpty();
    }

    private static JsonScan scan(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
        JsonScan scan = new JsonScan(64);
        scan.scan(bytes, 0, bytes.length);
        return scan;
    }
}
