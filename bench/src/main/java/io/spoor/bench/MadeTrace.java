package io.spoor.bench;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** A made trace: one run of one request, {@value #LINES} lines of about {@value #LINE_BYTES} bytes. */
record MadeTrace(String requestId, String runId, String jobId, long startMillis) {
    static final int LINES = 40;
    static final int LINE_BYTES = 400;

    private static final int STEP_MILLIS = 25;

    static MadeTrace of(Random random, long startMillis) {
        return new MadeTrace(uuid(random), uuid(random), uuid(random), startMillis);
    }

    private static String uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** One line, with the line end. What fills it up is random, so that it does not compress to nothing. */
    void appendLine(int number, Random random, StringBuilder out) {
        int from = out.length();
        out.append("{\"level\":\"info\",\"message\":\"")
                .append(message(number))
                .append("\",\"timestamp\":\"")
                .append(Instant.ofEpochMilli(startMillis + (long) number * STEP_MILLIS))
                .append("\",\"service\":\"orchestrator\",\"requestId\":\"")
                .append(requestId)
                .append("\",\"runId\":\"")
                .append(runId)
                .append("\",\"jobId\":\"")
                .append(jobId)
                .append("\",\"step\":")
                .append(number)
                .append(number == LINES - 1 ? ",\"status\":\"success\"" : "")
                .append(",\"detail\":\"");
        while (out.length() - from < LINE_BYTES - 20) {
            out.append(Long.toHexString(random.nextLong())).append(' ');
        }
        out.append("\"}\n");
    }

    private static String message(int number) {
        return switch (number) {
            case 0 -> "Execution started";
            case 1 -> "Job started";
            case LINES - 1 -> "Execution completed";
            default -> "Step status update";
        };
    }
}
