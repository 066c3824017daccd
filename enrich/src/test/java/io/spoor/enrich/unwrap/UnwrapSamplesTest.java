package io.spoor.enrich.unwrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as real KiCI processes printed them. */
class UnwrapSamplesTest {
    private static final Unwrap UNWRAP = new Unwrap(UnwrapSettings.defaults());

    @ParameterizedTest
    @ValueSource(
            strings = {"orchestrator.ndjson", "agent-1.ndjson", "agent-2.ndjson", "agent-1.stderr", "agent-2.stderr"})
    void every_physical_line_is_one_line_byte_for_byte(String file) throws IOException {
        List<String> lines = lines(file);
        assertThat(lines).hasSizeGreaterThan(10);
        for (String line : lines) {
            List<String> told = Unwrapped.unwrap(UNWRAP, line.getBytes(UTF_8), ShipperLabels.NONE, RawLine.NO_TIME);
            if (line.isBlank()) {
                assertThat(told).containsExactly("dropped EMPTY");
            } else {
                assertThat(told).singleElement().asString().startsWith("line <" + line + "> [] ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"orchestrator.ndjson", "agent-1.ndjson", "agent-2.ndjson"})
    void a_file_in_one_record_gives_the_same_objects_in_the_same_order(String file) throws IOException {
        List<String> objects =
                lines(file).stream().filter(line -> line.startsWith("{")).toList();
        byte[] record = String.join("\n", lines(file)).getBytes(UTF_8);
        List<String> told = new ArrayList<>();
        for (String line : Unwrapped.unwrap(UNWRAP, record, ShipperLabels.NONE, RawLine.NO_TIME)) {
            if (line.contains(" line <{")) {
                told.add(line.substring(line.indexOf('<') + 1, line.lastIndexOf("> [")));
            }
        }
        assertThat(told).isEqualTo(objects);
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(UnwrapSamplesTest.class.getResourceAsStream("/samples/" + file), file)) {
            return List.of(new String(in.readAllBytes(), UTF_8).split("\n", -1));
        }
    }
}
