package io.spoor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spoor.app.up.RunningSpoor;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of the API against the server that it describes. */
class OpenApiIT {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch", "head", "options");

    private static final Pattern IN_PATH = Pattern.compile("\\{([^}]+)}");

    @TempDir
    static Path data;

    private static RunningSpoor spoor;
    private static JsonNode document;

    @BeforeAll
    static void start() {
        spoor = RunningSpoor.start(data, Map.of());
        HttpResponse<byte[]> answer = spoor.get("/openapi.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        document = RunningSpoor.json(answer);
    }

    @AfterAll
    static void close() {
        spoor.close();
    }

    @Test
    void it_is_of_version_3_1() {
        assertThat(document.path("openapi").textValue()).startsWith("3.1.");
        assertThat(document.path("info").path("title").textValue()).isNotBlank();
        assertThat(document.path("info").path("version").textValue()).isNotBlank();
    }

    @Test
    void what_is_described_and_what_is_served_are_the_same() throws ReflectiveOperationException {
        Set<String> served = new TreeSet<>(spoor.routes());
        // Whatever answers GET answers HEAD; saying so each time would hide the rest.
        Set<String> all = Set.copyOf(served);
        served.removeIf(route -> route.startsWith("head ") && all.contains("get " + route.substring(5)));
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        described.add(method + " " + path.getKey());
                    }
                }));
        assertThat(described).isEqualTo(served);
    }

    @Test
    void every_reference_leads_somewhere() {
        List<String> references = new ArrayList<>();
        document.findValues("$ref").forEach(reference -> references.add(reference.textValue()));
        assertThat(references)
                .allMatch(reference -> reference.startsWith("#/")
                        && !document.at(reference.substring(1)).isMissingNode());
    }

    @Test
    void a_path_parameter_is_described_where_a_path_has_one() {
        document.path("paths").properties().forEach(path -> {
            Set<String> wanted = new TreeSet<>();
            Matcher name = IN_PATH.matcher(path.getKey());
            while (name.find()) {
                wanted.add(name.group(1));
            }
            path.getValue().forEach(operation -> {
                Set<String> described = new TreeSet<>();
                operation.path("parameters").forEach(parameter -> {
                    JsonNode resolved = parameter.has("$ref")
                            ? document.at(parameter.path("$ref").textValue().substring(1))
                            : parameter;
                    if ("path".equals(resolved.path("in").textValue())) {
                        described.add(resolved.path("name").textValue());
                    }
                });
                assertThat(described).as(path.getKey()).isEqualTo(wanted);
            });
        });
    }
}
