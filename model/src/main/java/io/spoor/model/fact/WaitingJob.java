package io.spoor.model.fact;

import org.jspecify.annotations.Nullable;

/**
 * The id that KiCI gives a job while it waits for the jobs it needs: {@code needs-pending-<name>-<uuid>}. A job that is
 * skipped keeps it; one that runs gets a real one instead.
 */
public final class WaitingJob {
    private static final String PREFIX = "needs-pending-";
    private static final int UUID_LENGTH = 36;

    private WaitingJob() {}

    public static boolean isWaiting(String jobId) {
        return jobId.startsWith(PREFIX);
    }

    /** The job's name in the id of a waiting job, or null where the id has another form. */
    public static @Nullable String nameIn(String jobId) {
        int end = jobId.length() - UUID_LENGTH - 1;
        return isWaiting(jobId) && end > PREFIX.length() ? jobId.substring(PREFIX.length(), end) : null;
    }
}
