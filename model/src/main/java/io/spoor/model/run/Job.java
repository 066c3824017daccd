package io.spoor.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.spoor.model.fact.Change;
import io.spoor.model.fact.Fact;
import io.spoor.model.fact.JobState;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one job under its id.
 *
 * @param seen the first sign of the job
 * @param live the latest state that is not an end
 * @param started when it began to run
 * @param end its last end
 * @param durationMs as measured by the one who reported the end, if it was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Job(
        long seen,
        @Nullable Said<String> name,
        @Nullable Said<String> agentId,
        @Nullable Said<JobState> live,
        @Nullable Said<JobState> started,
        @Nullable Said<JobState> end,
        @Nullable Said<Long> durationMs,
        @Nullable Said<String> error) {

    static final Job UNSEEN = new Job(Long.MAX_VALUE, null, null, null, null, null, null, null);

    Job named(Fact fact, String jobName) {
        Said<String> said = new Said<>(fact.source(), fact.at(), jobName);
        return new Job(
                Math.min(seen, fact.at()), Said.first(name, said), agentId, live, started, end, durationMs, error);
    }

    Job moved(Fact fact, Change.JobMoved to) {
        Said<JobState> state = new Said<>(fact.source(), fact.at(), to.state());
        return new Job(
                Math.min(seen, fact.at()),
                to.name() == null ? name : Said.first(name, new Said<>(fact.source(), fact.at(), to.name())),
                to.agentId() == null ? agentId : Said.last(agentId, new Said<>(fact.source(), fact.at(), to.agentId())),
                to.state().isEnd() ? live : Said.last(live, state),
                to.state() == JobState.RUNNING ? Said.first(started, state) : started,
                to.state().isEnd() ? Said.last(end, state) : end,
                to.durationMs() == null
                        ? durationMs
                        : Said.last(durationMs, new Said<>(fact.source(), fact.at(), to.durationMs())),
                to.error() == null ? error : Said.last(error, new Said<>(fact.source(), fact.at(), to.error())));
    }
}
