package io.spoor.model.fact;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What happened to a run or to one of its jobs. Facts are read from Kafka, so each checks that what it needs is there. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.RunStarted.class, name = "run-started"),
    @JsonSubTypes.Type(value = Change.RunMoved.class, name = "run-moved"),
    @JsonSubTypes.Type(value = Change.RunEnded.class, name = "run-ended"),
    @JsonSubTypes.Type(value = Change.JobAnnounced.class, name = "job-announced"),
    @JsonSubTypes.Type(value = Change.JobNamed.class, name = "job-named"),
    @JsonSubTypes.Type(value = Change.JobMoved.class, name = "job-moved")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Change {

    /** The orchestrator created the run. */
    record RunStarted(@Nullable Integer jobCount) implements Change {}

    /** The run is alive and in this state. */
    record RunMoved(RunState state) implements Change {
        public RunMoved {
            requireNonNull(state);
        }
    }

    /**
     * The run is over.
     *
     * @param ending how surely: a plain end beats a note in passing, which beats the stale detector's guess
     * @param durationMs as the orchestrator measured it; several ends of one run differ in it, some have none
     */
    record RunEnded(
            Outcome outcome,
            Ending ending,
            @Nullable Long durationMs,
            @Nullable String reason) implements Change {
        public RunEnded {
            requireNonNull(outcome);
            requireNonNull(ending);
        }
    }

    /** A job exists under this name, but nothing says its id: it is dispatched, or waits for the jobs it needs. */
    record JobAnnounced(String name) implements Change {
        public JobAnnounced {
            requireNonNull(name);
        }
    }

    /** A job's id and its name are now known together. */
    record JobNamed(String jobId, String name) implements Change {
        public JobNamed {
            requireNonNull(jobId);
            requireNonNull(name);
        }
    }

    /** A job is in this state. */
    record JobMoved(
            String jobId,
            JobState state,
            @Nullable String name,
            @Nullable String agentId,
            @Nullable Long durationMs,
            @Nullable String error)
            implements Change {
        public JobMoved {
            requireNonNull(jobId);
            requireNonNull(state);
        }
    }

    /** How surely an end is an end, the surer later. */
    enum Ending {
        /** The orchestrator lost sight of the run and gave it up. */
        STALE,
        /** Said in passing: cancelled, marked failed, never begun. */
        NOTED,
        /** Said by the run's own bookkeeping. */
        PLAIN
    }
}
