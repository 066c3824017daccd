package io.spoor.query.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.aggregate.Unavailable;
import io.spoor.model.LineId;
import io.spoor.query.trace.LinePage.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinePageTest {
    private static final LineFilter ALL =
            new LineFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null);
    private static final String QUESTION = "traces/r";

    private final Random random = new Random(7);

    @ParameterizedTest
    @EnumSource
    void all_pages_of_any_size_together_are_the_whole_list_once(Order order) throws Unavailable {
        List<TraceLine> lines = lines(200);
        List<LineId> expected =
                new ArrayList<>(lines.stream().map(line -> line.stamp().id()).toList());
        if (order == Order.DESC) {
            Collections.reverse(expected);
        }
        for (int round = 0; round < 50; round++) {
            List<LineId> walked = new ArrayList<>();
            Cursor after = null;
            do {
                int limit = 1 + random.nextInt(40);
                LinePage page = LinePage.of(lines, ALL, order, after, limit);
                assertThat(page.lines()).hasSizeBetween(1, limit);
                page.lines().forEach(line -> walked.add(line.stamp().id()));
                after = page.next() == null
                        ? null
                        : Cursor.read(page.next().write(QUESTION), QUESTION).orElseThrow();
            } while (after != null);
            assertThat(walked).isEqualTo(expected);
        }
    }

    @Test
    void a_page_that_ends_with_the_list_has_no_next() throws Unavailable {
        List<TraceLine> lines = lines(10);
        assertThat(LinePage.of(lines, ALL, Order.ASC, null, 10).next()).isNull();
        assertThat(LinePage.of(lines, ALL, Order.ASC, null, 9).next()).isNotNull();
        assertThat(LinePage.of(List.of(), ALL, Order.ASC, null, 1).next()).isNull();
    }

    @Test
    void a_line_that_arrives_between_two_pages_moves_no_other() throws Unavailable {
        List<TraceLine> lines = lines(10);
        Cursor next = LinePage.of(lines, ALL, Order.ASC, null, 5).next();
        List<TraceLine> more = new ArrayList<>(lines);
        more.remove(0);
        assertThat(LinePage.of(more, ALL, Order.ASC, next, 5).lines()).isEqualTo(lines.subList(5, 10));
    }

    @Test
    void a_cursor_of_another_question_is_none() {
        String text = new Cursor(5, new LineId(0, 1, LineId.ALONE)).write(QUESTION);
        assertThat(Cursor.read(text, QUESTION)).isPresent();
        assertThat(Cursor.read(text, QUESTION + "?tier=agent")).isEmpty();
    }

    @Test
    void a_cursor_that_was_altered_cut_or_padded_is_none() {
        for (int round = 0; round < 1_000; round++) {
            LineId id = new LineId(random.nextInt(100), random.nextInt(1_000_000), random.nextInt(5) - 1);
            String text = new Cursor(random.nextLong(), id).write(QUESTION);
            assertThat(Cursor.read(text, QUESTION)).isPresent();
            String altered = altered(text);
            assertThat(Cursor.read(altered, QUESTION)).as(altered).isEmpty();
        }
        for (String text : List.of("", "A", "====", "\u0000", "é", "A".repeat(100_000), "Z-_")) {
            assertThat(Cursor.read(text, QUESTION)).isEmpty();
        }
    }

    private String altered(String text) {
        int at = random.nextInt(text.length());
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at);
            case 1 -> text + "=";
            case 2 -> text.substring(0, at) + (char) random.nextInt(256) + "!" + text.substring(at + 1);
            case 3 -> text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
            default -> text.substring(0, at) + text.charAt(at) + text.substring(at);
        };
    }

    /** Lines in time order, several in one millisecond. */
    private List<TraceLine> lines(int count) throws Unavailable {
        World world = new World();
        for (int i = 0; i < count; i++) {
            world.says("agent", random.nextInt(count / 4 + 1), "line " + i, "runId", "r");
        }
        return new TraceFinder(world, new TraceLimits(1, 10, count))
                .find("r")
                .orElseThrow()
                .lines();
    }
}
