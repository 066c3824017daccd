package io.spoor.app.client.ship;

import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.app.client.CommandRun;
import io.spoor.app.client.FakeSpoor;
import io.spoor.enrich.unwrap.Drop;
import io.spoor.enrich.unwrap.RawLine;
import io.spoor.enrich.unwrap.Rejection;
import io.spoor.enrich.unwrap.ShipperLabels;
import io.spoor.enrich.unwrap.Unwrap;
import io.spoor.enrich.unwrap.UnwrapSettings;
import io.spoor.enrich.unwrap.UnwrapSink;
import io.spoor.ingest.wire.Line;
import io.spoor.ingest.wire.LineLimits;
import io.spoor.ingest.wire.LogBody;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a joined line is once it has gone through the door and been unwrapped. */
class JoinedLinesTest {

    @TempDir
    private Path dir;

    @Test
    void every_line_of_a_batch_with_a_trace_comes_out_as_it_was_written() throws Exception {
        List<String> lines = List.of(
                "{\"level\":\"info\",\"message\":\"say \\\"hi\\\" \\\\ ü\"}",
                "Error: \"quoted\" \\ back",
                "    at a (C:\\x.js:1)",
                "\tat b",
                "[workflow-runner:stdout] x",
                "42",
                "\"a string\"",
                "[1,2]",
                "{\"broken\":",
                "bell \u0007 and \u001b[1mbold");

        assertThat(unwrapped(String.join("\n", lines) + "\n"))
                .containsExactly(
                        lines.get(0),
                        lines.get(1) + "\n" + lines.get(2) + "\n" + lines.get(3),
                        lines.get(4),
                        lines.get(5),
                        "a string", // as it would come out by itself
                        lines.get(7),
                        lines.get(8),
                        lines.get(9));
    }

    private List<String> unwrapped(String text) throws Exception {
        Path file = Files.writeString(dir.resolve("a.log"), text);
        byte[] body;
        try (FakeSpoor spoor = new FakeSpoor()) {
            spoor.reply(202, "{}");
            new CommandRun().of(ShipCommand::new, file.toString(), "--join", "--server", spoor.url());
            assertThat(spoor.asked)
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.contentType()).isEqualTo("application/json"));
            body = spoor.asked.get(0).body().getBytes(StandardCharsets.UTF_8);
        }
        List<String> out = new ArrayList<>();
        Unwrap unwrap = new Unwrap(UnwrapSettings.defaults());
        for (Line line : LogBody.lines(body, true, Map.of(), new LineLimits(1_000, 1 << 20))
                .lines()) {
            unwrap.unwrap(line.bytes(), ShipperLabels.NONE, RawLine.NO_TIME, 0, new UnwrapSink() {
                @Override
                public void line(RawLine raw) {
                    out.add(new String(raw.buffer(), raw.from(), raw.to() - raw.from(), StandardCharsets.UTF_8));
                }

                @Override
                public void rejected(int index, Rejection reason, String detail, byte[] buffer, int from, int to) {
                    out.add("rejected: " + reason);
                }

                @Override
                public void dropped(Drop reason) {
                    out.add("dropped: " + reason);
                }
            });
        }
        return out;
    }
}
