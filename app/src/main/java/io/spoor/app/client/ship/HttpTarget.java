package io.spoor.app.client.ship;

import com.fasterxml.jackson.databind.JsonNode;
import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import io.spoor.app.client.Client;
import io.spoor.app.client.Labels;
import io.spoor.app.client.SafeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code POST /api/v1/logs} of a running Spoor. */
final class HttpTarget implements Target {

    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;

    private final Client client;

    HttpTarget(Client client) {
        this.client = client;
    }

    @Override
    public Receipt deliver(Batch batch, Labels labels) {
        Client.Answer answer = batch.hasJoined() ? postStrings(batch, labels) : postLines(batch, labels);
        if (answer.ok()) {
            return receipt(batch, answer.json());
        }
        if (answer.status() == TOO_LARGE && batch.lines() > 1) {
            int half = batch.lines() / 2;
            Receipt first = deliver(batch.part(0, half), labels);
            return first.plus(deliver(batch.part(half, batch.lines()), labels));
        }
        if (answer.status() == BAD_REQUEST || answer.status() == TOO_LARGE) {
            return Receipt.refused(batch, answer.problem());
        }
        // Wrong usage is the shell's word for our arguments; whatever a server says to a delivery is a failure.
        Failure failure = answer.failure();
        throw failure.exitCode() == ExitCode.INCOMPLETE ? failure : new Failure(failure.getMessage());
    }

    /** The bytes as they are. */
    private Client.Answer postLines(Batch batch, Labels labels) {
        byte[] body =
                batch.start() == 0 ? batch.buffer() : Arrays.copyOfRange(batch.buffer(), batch.start(), batch.end());
        // A first line such as "[workflow-runner] …" must not pass for the beginning of a JSON array.
        String contentType = batch.firstByte() == '[' ? "text/plain" : "application/x-ndjson";
        return client.post(labels.path(), contentType, body, (int) batch.bytes());
    }

    /**
     * An array of strings, each a line as it was written: the one form that may hold a line end within a line and says nothing
     * else about it. Spoor opens a string that stands for a line, and goes on with its text as if that had come by itself.
     */
    private Client.Answer postStrings(Batch batch, Labels labels) {
        JsonStrings strings = new JsonStrings((int) batch.bytes() + 4 * batch.lines());
        for (int i = 0; i < batch.lines(); i++) {
            if (!batch.isBlank(i)) {
                strings.add(batch.buffer(), batch.lineStart(i), batch.lineEnd(i));
            }
        }
        int length = strings.end();
        return client.post(labels.path(), "application/json", strings.bytes(), length);
    }

    private static Receipt receipt(Batch batch, JsonNode answer) {
        long rejected = answer.path("rejected").asLong(0);
        long accepted = answer.path("accepted").asLong(batch.lines() - rejected);
        List<Receipt.Refusal> refusals = new ArrayList<>();
        for (JsonNode error : answer.path("errors")) {
            String detail = error.path("detail").asText("");
            String why = SafeText.quoted(error.path("reason").asText("refused"))
                    + (detail.isBlank() ? "" : " (" + SafeText.quoted(detail) + ")");
            long line = lineNumber(batch, error.path("line").asLong(1));
            refusals.add(new Receipt.Refusal(line, line, 1, why));
        }
        long unnamed = Math.max(0, rejected - refusals.size());
        return new Receipt(accepted, Math.max(0, batch.lines() - accepted - rejected), refusals, unnamed);
    }

    /** Of the {@code n}th line that we sent: of an array's elements, none is blank. */
    private static long lineNumber(Batch batch, long n) {
        if (!batch.hasJoined()) {
            return batch.firstLine() + n - 1;
        }
        long left = n;
        for (int i = 0; i < batch.lines(); i++) {
            if (!batch.isBlank(i) && --left == 0) {
                return batch.lineNumber(i);
            }
        }
        return batch.lastLine();
    }
}
