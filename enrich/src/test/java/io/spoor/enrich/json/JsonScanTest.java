package io.spoor.enrich.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.spoor.enrich.json.JsonScan.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScanTest {
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final List<String> SEEDS = List.of(
            "{\"level\":\"info\",\"message\":\"hi\",\"timestamp\":\"2026-03-12T10:30:00.000Z\",\"n\":-12.5e+3}",
            "{\"a\":{\"b\":[1,2,{\"c\":null}],\"d\":{}},\"e\":[],\"f\":true,\"g\":false,\"\":0}",
            "{ \"x\" : [ [ ] , { } , \"\\u00e9\\n\\ud83d\\ude00\\\"\" ] ,\t\"\\u0078\":1e5,\r\n\"y\":0.10 }",
            "{\"caf\u00e9\":\"\u4f60\u597d \ud83d\ude00 a longer text that fills more than one word of eight\",\"z\":9007199254740993}",
            "{\"lone\":\"\\ud800\",\"low\":\"\\udc00x\",\"slash\":\"\\/\\b\\f\\r\\t\\\\\",\"min\":-9223372036854775808}");
    private static final String ALPHABET = "{}[]\",:\\ \t\n0123456789-+.eEtrufalsn/bx\u00e9\u0000\u001f";

    @Test
    void mutated_documents_are_taken_and_read_as_the_plain_reader_does() {
        Random random = new Random(20260312);
        JsonScan scan = new JsonScan(64);
        int taken = 0;
        for (int i = 0; i < 60_000; i++) {
            String document = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random, i % 4);
            byte[] bytes = document.getBytes(UTF_8);
            Map<String, JsonNode> expected = members(document);
            boolean whole = scan.scan(bytes, 0, bytes.length) == Outcome.VALUE
                    && new String(bytes, scan.end(), bytes.length - scan.end(), UTF_8).isBlank();
            boolean object = whole && scan.kind() == JsonKind.OBJECT;
            assertThat(object).as(document).isEqualTo(expected != null);
            if (expected != null) {
                taken++;
                compare(scan, expected, document);
            } else if (!whole) {
                assertThat(scan.errorAt()).as(document).isBetween(-1, bytes.length);
            }
        }
        assertThat(taken).as("documents that were still JSON").isBetween(15_000, 45_000);
    }

    private static void compare(JsonScan scan, Map<String, JsonNode> expected, String document) {
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < scan.size(); i++) {
            names.add(scan.name(i));
        }
        assertThat(names).as(document).isEqualTo(expected.keySet());
        expected.forEach((name, node) -> {
            int i = scan.find(JsonName.of(name));
            switch (scan.kind(i)) {
                case STRING -> assertThat(scan.string(i)).as(document).isEqualTo(whole(node.textValue()));
                case NUMBER -> {
                    assertThat(scan.doubleOrNaN(i)).as(document).isEqualTo(node.doubleValue());
                    if (node.isIntegralNumber() && node.canConvertToLong()) {
                        assertThat(scan.longOr(i, 7)).as(document).isEqualTo(node.longValue());
                    } else {
                        assertThat(scan.longOr(i, 7)).as(document).isEqualTo(7);
                    }
                }
                case TRUE, FALSE -> assertThat(scan.kind(i) == JsonKind.TRUE).isEqualTo(node.booleanValue());
                case NULL -> assertThat(node.isNull()).isTrue();
                case OBJECT, ARRAY ->
                    assertThat(read(new String(
                                    scan.buffer(), scan.valueFrom(i), scan.valueTo(i) - scan.valueFrom(i), UTF_8)))
                            .isEqualTo(node);
            }
        });
    }

    private static @Nullable Map<String, JsonNode> members(String document) {
        JsonNode node = read(document);
        if (node == null || !node.isObject()) {
            return null;
        }
        Map<String, JsonNode> members = new TreeMap<>();
        node.properties().forEach(member -> members.put(whole(member.getKey()), member.getValue()));
        return members;
    }

    private static @Nullable JsonNode read(String document) {
        try {
            return STRICT.readTree(document);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Half surrogate pairs replaced. */
    private static String whole(String text) {
        StringBuilder whole = new StringBuilder();
        text.codePoints().map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c).forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static String mutated(String seed, Random random, int times) {
        StringBuilder document = new StringBuilder(seed);
        for (int i = 0; i < times && document.length() > 0; i++) {
            int at = random.nextInt(document.length());
            char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(4)) {
                case 0 -> document.setCharAt(at, c);
                case 1 -> document.insert(at, c);
                case 2 -> document.deleteCharAt(at);
                default -> document.insert(at, document.substring(at, Math.min(document.length(), at + 9)));
            }
        }
        return whole(document.toString());
    }

    @Test
    void of_a_repeated_name_the_last_member_counts() {
        JsonScan scan = scan("{\"a\":1,\"\\u0061\":2,\"b\":3,\"a\":4}");
        assertThat(scan.longOr(scan.find(JsonName.of("a")), 0)).isEqualTo(4);
        assertThat(scan.size()).isEqualTo(4);
    }

    @Test
    void names_are_found_though_written_with_escapes() {
        JsonScan scan = scan("{\"r\\u0065questId\":\"x\"}");
        assertThat(scan.string(scan.find(JsonName.of("requestId")))).isEqualTo("x");
    }

    @Test
    void values_in_a_row_are_read_one_after_the_other() {
        byte[] bytes = "{\"a\":1} {\"b\":2}{}".getBytes(UTF_8);
        JsonScan scan = new JsonScan(64);
        scan.scan(bytes, 0, bytes.length);
        assertThat(scan.end()).isEqualTo(7);
        scan.scan(bytes, scan.end(), bytes.length);
        assertThat(scan.start()).isEqualTo(8);
        assertThat(scan.find(JsonName.of("b"))).isZero();
        scan.scan(bytes, scan.end(), bytes.length);
        assertThat(scan.end()).isEqualTo(bytes.length);
        assertThat(scan.size()).isZero();
    }

    @Test
    void the_limit_of_depth_counts_the_outermost_object() {
        assertThat(outcome("{\"a\":".repeat(64) + "1" + "}".repeat(64))).isEqualTo(Outcome.VALUE);
        assertThat(outcome("{\"a\":".repeat(65) + "1" + "}".repeat(65))).isEqualTo(Outcome.TOO_DEEP);
        assertThat(outcome("{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}")).isEqualTo(Outcome.VALUE);
        assertThat(outcome("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}")).isEqualTo(Outcome.TOO_DEEP);
    }

    @Test
    void deep_nesting_that_is_not_closed_is_malformed_and_not_merely_deep() {
        assertThat(outcome("[".repeat(100_000))).isEqualTo(Outcome.MALFORMED);
        assertThat(outcome("[".repeat(1_000) + "}" + "]".repeat(999))).isEqualTo(Outcome.MALFORMED);
        assertThat(outcome("[{\"a\":".repeat(50_000) + "1" + "}]".repeat(50_000)))
                .isEqualTo(Outcome.TOO_DEEP);
    }

    @Test
    void an_error_says_where_and_why() {
        JsonScan scan = new JsonScan(64);
        byte[] bytes = "{\"a\" 1}".getBytes(UTF_8);
        assertThat(scan.scan(bytes, 0, bytes.length)).isEqualTo(Outcome.MALFORMED);
        assertThat(scan.errorAt()).isEqualTo(5);
        assertThat(scan.errorReason()).isEqualTo("expected ':'");
        bytes = "{\"a\":\"x".getBytes(UTF_8);
        assertThat(scan.scan(bytes, 0, bytes.length)).isEqualTo(Outcome.MALFORMED);
        assertThat(scan.errorAt()).isEqualTo(bytes.length);
        assertThat(scan.errorReason()).isEqualTo("the string does not end, but here the bytes end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":01}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":+1}", "{\"a\":1e}", "{\"a\":-}", "{\"a\":NaN}",
                "{'a':1}", "{\"a\":1,}", "{,}", "{\"a\":\"\t\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{a:1}",
                "{\"a\":tru}", "{\"a\":[1,]}", "{\"a\":[}", "{\"a\"}", "{/**/}", "{\"a\":\"\\u0660\\u066\u0660\"}", ""
            })
    void what_the_grammar_does_not_have_is_malformed(String document) {
        assertThat(outcome(document)).isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void integers_are_exact_as_far_as_a_long_goes() {
        JsonScan scan = scan("{\"a\":9007199254740993,\"b\":9223372036854775807,\"c\":-9223372036854775808,"
                + "\"d\":9223372036854775808,\"e\":-9223372036854775809,\"f\":1.0,\"g\":-0}");
        assertThat(List.of("a", "b", "c", "d", "e", "f", "g"))
                .map(name -> scan.longOr(scan.find(JsonName.of(name)), 42))
                .containsExactly(9007199254740993L, Long.MAX_VALUE, Long.MIN_VALUE, 42L, 42L, 42L, 0L);
    }

    @Test
    void a_path_leads_into_objects_and_to_literal_names() {
        for (String document : List.of(
                "{\"x\":{},\"a\":{\"b\":{\"c\":\"hit\"}}}",
                "{\"a.b.c\":\"hit\"}",
                "{\"a\":{\"b.c\":\"hit\"}}",
                "{\"a.b\":{\"c\":\"hit\"}}")) {
            JsonScan hit = Objects.requireNonNull(scan(document).seek(JsonPath.of("a", "b", "c")), document);
            assertThat(hit.string(hit.found())).isEqualTo("hit");
        }
        assertThat(scan("{\"a\":{\"c\":1},\"b\":{\"c\":1}}").seek(JsonPath.of("a", "b", "c")))
                .isNull();
        assertThat(scan("{\"a\":[\"b\"]}").seek(JsonPath.of("a", "b"))).isNull();
    }

    @Test
    void a_path_is_followed_afresh_in_each_document() {
        JsonScan scan = new JsonScan(64);
        byte[] bytes = "{\"a\":{\"b\":1}}".getBytes(UTF_8);
        scan.scan(bytes, 0, bytes.length);
        assertThat(scan.seek(JsonPath.of("a", "b"))).isNotNull();
        System.arraycopy("{\"a\":{\"c\":1}}".getBytes(UTF_8), 0, bytes, 0, bytes.length);
        scan.scan(bytes, 0, bytes.length);
        assertThat(scan.seek(JsonPath.of("a", "b"))).isNull();
        assertThat(scan.seek(JsonPath.of("a", "c"))).isNotNull();
    }

    @Test
    void an_object_of_very_many_members_is_read_whole() {
        StringBuilder document = new StringBuilder("{\"first\":1");
        for (int i = 0; i < 50_000; i++) {
            document.append(",\"m").append(i).append("\":").append(i);
        }
        JsonScan scan = scan(document.append('}').toString());
        assertThat(scan.size()).isEqualTo(50_001);
        assertThat(scan.longOr(scan.find(JsonName.of("first")), 0)).isEqualTo(1);
        assertThat(scan.longOr(scan.find(JsonName.of("m49999")), 0)).isEqualTo(49_999);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[ ]", "[1]", "[1,{\"a\":[]} , \"x\"]"})
    void a_whole_array_is_walked_to_its_end(String document) {
        byte[] bytes = (document + " behind").getBytes(UTF_8);
        JsonElements elements = new JsonElements(new JsonScan(64), bytes, 0, bytes.length);
        int count = 0;
        while (elements.next()) {
            count++;
        }
        assertThat(elements.wellFormed()).isTrue();
        assertThat(elements.end()).isEqualTo(document.length());
        assertThat(count).isEqualTo(Objects.requireNonNull(read(document)).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "[{]"})
    void a_broken_array_is_told_from_a_whole_one(String document) {
        byte[] bytes = document.getBytes(UTF_8);
        JsonElements elements = new JsonElements(new JsonScan(64), bytes, 0, bytes.length);
        int count = 0;
        while (elements.next()) {
            count++;
        }
        assertThat(elements.wellFormed()).isFalse();
        assertThat(count).isLessThan(2);
    }

    private static JsonScan scan(String document) {
        byte[] bytes = document.getBytes(UTF_8);
        JsonScan scan = new JsonScan(64);
        assertThat(scan.scan(bytes, 0, bytes.length)).isEqualTo(Outcome.VALUE);
        return scan;
    }

    private static Outcome outcome(String document) {
        byte[] bytes = document.getBytes(UTF_8);
        return new JsonScan(64).scan(bytes, 0, bytes.length);
    }
}
