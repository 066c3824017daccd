package io.spoor.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.javalin.Javalin;
import io.spoor.query.trace.ServedWorld;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The description of the API against the API. */
@Timeout(60)
class OpenApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document = document();
    private static final ServedWorld SERVED = new ServedWorld(QueryApi::new);

    @AfterAll
    static void close() {
        SERVED.close();
    }

    @Test
    void every_route_of_this_module_is_described_and_every_described_one_is_there() {
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (operation.getValue().at("/tags/0").asText().equals("ask")
                            || path.getKey().equals("/openapi.json")) {
                        described.add(operation.getKey() + " " + path.getKey());
                    }
                }));
        assertThat(registered()).isEqualTo(described);
    }

    @Test
    void every_operation_has_a_name_a_summary_and_answers_and_every_reference_leads_somewhere() {
        List<String> names = new ArrayList<>();
        document.path("paths")
                .forEach(path -> path.forEach(operation -> {
                    names.add(operation.path("operationId").asText());
                    assertThat(operation.path("summary").asText()).isNotBlank();
                    assertThat(operation.path("responses")).isNotEmpty();
                }));
        assertThat(names).doesNotContain("").doesNotHaveDuplicates();
        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void every_example_fits_its_schema() {
        int examples = 0;
        for (JsonNode content : document.findValues("content")) {
            for (JsonNode form : content) {
                if (form.has("example")) {
                    assertFits(form.path("schema"), form.path("example").toString());
                    examples++;
                }
            }
        }
        assertThat(examples).isGreaterThan(10);
    }

    @Test
    void what_is_really_answered_fits_the_schemas() throws Exception {
        SERVED.logs("r1", "hello");
        assertFits(
                schema("/api/v1/traces/{id}", "200"),
                SERVED.get("/api/v1/traces/r1").body());
        assertFits(
                schema("/api/v1/traces/{id}", "200"),
                Files.readString(Path.of("src/test/resources/golden/trace.json")));
        assertFits(schema("/health", "200"), SERVED.get("/health").body());
        assertFits(schema("/ready", "200"), SERVED.get("/ready").body());
        assertFits(problem("404"), SERVED.get("/api/v1/traces/nobody").body());
        assertFits(problem("400"), SERVED.get("/api/v1/traces/r1?limit=0").body());
        assertFits(
                problem("406"),
                SERVED.get("/api/v1/traces/r1", "Accept", "image/png").body());
        assertThat(SERVED.get("/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void a_member_too_many_or_too_few_does_not_fit() throws IOException {
        String trace = Files.readString(Path.of("src/test/resources/golden/trace.json"));
        assertThat(misfits(schema("/api/v1/traces/{id}", "200"), trace.replace("\"lagMs\"", "\"lag\"")))
                .hasSize(2);
        assertThat(misfits(schema("/api/v1/traces/{id}", "200"), trace.replace("T10:30:00.930Z", "T10:30:00Z")))
                .isNotEmpty();
    }

    @Test
    void the_document_is_answered_with_a_strong_tag_and_not_sent_again_to_those_who_have_it() throws Exception {
        HttpResponse<String> response = SERVED.get("/openapi.json", "Accept-Encoding", "gzip");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(JSON.readTree(response.body())).isEqualTo(document);
        String tag = response.headers().firstValue("ETag").orElseThrow();
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
            HttpResponse<String> again = SERVED.get("/openapi.json", "If-None-Match", known);
            assertThat(again.statusCode()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        }
        for (String other : List.of("\"x\"", tag.replace("\"", ""), "")) {
            assertThat(SERVED.get("/openapi.json", "If-None-Match", other).statusCode())
                    .as(other)
                    .isEqualTo(200);
        }
    }

    private JsonNode schema(String path, String status) {
        JsonNode operation = document.path("paths").path(path).path("get");
        return operation
                .path("responses")
                .path(status)
                .path("content")
                .path("application/json")
                .path("schema");
    }

    private JsonNode problem(String status) {
        JsonNode answer = document.path("paths")
                .path("/api/v1/traces/{id}")
                .path("get")
                .path("responses")
                .path(status);
        JsonNode told =
                answer.has("$ref") ? document.at(answer.path("$ref").asText().substring(1)) : answer;
        return told.path("content").path("application/problem+json").path("schema");
    }

    private void assertFits(JsonNode schema, String json) {
        assertThat(misfits(schema, json)).as(json).isEmpty();
    }

    /** What a validator of JSON Schema 2020-12 has to say about a document. */
    private List<String> misfits(JsonNode schema, String json) {
        assertThat(schema.isObject()).isTrue();
        ObjectNode whole = schema.<ObjectNode>deepCopy().set("$defs", document.at("/components/schemas"));
        Schema validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString().replace("#/components/schemas/", "#/$defs/"), InputFormat.JSON);
        return validator.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private Set<String> registered() {
        Set<String> registered = new TreeSet<>();
        Javalin.create(config -> {
            SERVED.routes().addTo(config.routes);
            config.unsafe.internalRouter.allHttpHandlers().stream()
                    .map(handler -> handler.endpoint)
                    .filter(endpoint -> endpoint.method.isHttpMethod())
                    .forEach(endpoint -> registered.add(endpoint.method.name().toLowerCase(Locale.ROOT) + " "
                            + endpoint.path.replace('<', '{').replace('>', '}')));
        });
        return registered;
    }

    private static JsonNode document() {
        try (InputStream in = Objects.requireNonNull(OpenApiTest.class.getResourceAsStream("/openapi.json"))) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
