package io.spoor.query.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.aggregate.Unavailable;
import io.spoor.model.Id;
import io.spoor.model.IdKind;
import io.spoor.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopiesTest {
    private final World world = new World();

    @Test
    void a_forwarded_line_and_its_original_are_one_whatever_the_order_of_members() throws Unavailable {
        world.line("{'runId':'r','timestamp':'t','message':'m','service':'agent','x':{'b':1,'a':[1,2]},"
                        + "'agentId':'a1','logsSource':'docker'}")
                .forwarded()
                .arrives();
        world.line("{'x':{'a':[1,2],'b':1},'message':'m','service':'agent','timestamp':'t','runId':'r'}")
                .tier("agent")
                .arrives();
        assertThat(folded()).singleElement().satisfies(line -> {
            assertThat(line.copies()).isEqualTo(2);
            assertThat(text(line)).startsWith("{\"x\"");
        });
    }

    @Test
    void of_two_that_look_like_originals_the_one_without_marks_of_forwarding_is_shown_and_else_the_first()
            throws Unavailable {
        world.line("{'runId':'r','message':'m','agentId':'a1'}").arrives();
        world.line("{'message':'m','runId':'r'}").arrives();
        world.line("{'runId':'r','message':'m'}").arrives();
        assertThat(folded()).singleElement().satisfies(line -> {
            assertThat(line.copies()).isEqualTo(3);
            assertThat(text(line)).isEqualTo("{\"message\":\"m\",\"runId\":\"r\"}");
        });
    }

    @Test
    void lines_that_differ_anywhere_stay_two_although_time_level_message_and_ids_agree() throws Unavailable {
        world.line("{'runId':'r','message':'m','n':1}").arrives();
        for (String other : List.of(
                "'n':2",
                "'n':1.0",
                "'n':'1'",
                "'n':null",
                "'n':1.00000000000000000001",
                "'n':1.00000000000000000002",
                "'n':true",
                "'n':[1]",
                "'n':{}",
                "'n':1,'o':null")) {
            world.line("{'runId':'r','message':'m'," + other + "}").arrives();
        }
        assertThat(folded())
                .hasSize(11)
                .allSatisfy(line -> assertThat(line.copies()).isEqualTo(1));
    }

    @Test
    void the_order_of_a_list_matters() throws Unavailable {
        world.line("{'runId':'r','message':'m','l':[1,2]}").arrives();
        world.line("{'runId':'r','message':'m','l':[2,1]}").arrives();
        assertThat(folded()).hasSize(2);
    }

    @Test
    void equal_lines_of_two_moments_are_two() throws Unavailable {
        world.line("{'runId':'r','message':'m'}").at(1).arrives();
        world.line("{'runId':'r','message':'m'}").at(2).arrives();
        assertThat(folded()).hasSize(2);
    }

    @Test
    void a_line_without_a_time_of_its_own_is_never_folded() throws Unavailable {
        world.line("{'runId':'r','message':'m'}").with(Stamp.Flag.UNTIMED).arrives();
        world.line("{'runId':'r','message':'m'}").with(Stamp.Flag.UNTIMED).arrives();
        assertThat(folded())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.copies()).isEqualTo(1));
    }

    @Test
    void copies_of_a_line_with_an_absurd_clock_are_one_although_they_arrived_at_different_times() throws Unavailable {
        world.line("{'runId':'r','message':'m','timestamp':'1970'}")
                .at(1)
                .with(Stamp.Flag.SKEWED)
                .arrives();
        world.line("{'runId':'r','message':'m','timestamp':'1970'}")
                .at(2)
                .with(Stamp.Flag.SKEWED)
                .arrives();
        assertThat(folded())
                .singleElement()
                .satisfies(line -> assertThat(line.copies()).isEqualTo(2));
    }

    private List<TraceLine> folded() throws Unavailable {
        return Copies.folded(world.read(new Id(IdKind.RUN, "r")).lines().stream()
                .map(TraceLine::of)
                .toList());
    }

    private static String text(TraceLine line) {
        return new String(line.original(), StandardCharsets.UTF_8);
    }
}
