package io.spoor.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Sends the lines of one input after another, a batch after the last one was acknowledged, so that order is kept. */
final class Shipper {

    private static final int BUFFER = 64 << 10;

    private final Client client;
    private final Labels labels;
    private final ShipReport report;

    Shipper(Client client, Labels labels, ShipReport report) {
        this.client = client;
        this.labels = labels;
        this.report = report;
    }

    void ship(Path file) {
        String name = file.toString();
        String path = labels.orFrom(String.valueOf(file.getFileName())).path();
        try (InputStream in = Files.newInputStream(file)) {
            report.begin(name, Files.size(file));
            ship(name, in, false, path);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    void shipStdin(InputStream in) {
        report.begin("-", 0);
        try {
            ship("-", in, true, labels.path());
        } catch (IOException e) {
            throw unreadable("standard input", e);
        }
    }

    private void ship(String name, InputStream in, boolean live, String path) throws IOException {
        LineBatches batches = new LineBatches(plain(new Counted(in, report)), live);
        for (LineBatches.Batch batch = batches.next(); batch != null; batch = batches.next()) {
            if (batch.oversized()) {
                report.refused(
                        name, batch.firstLine(), "line_too_large", "more than " + LineBatches.MAX_LINE + " bytes");
            } else {
                deliver(name, batch, path);
            }
        }
    }

    private void deliver(String name, LineBatches.Batch batch, String path) {
        // A first line such as "[workflow-runner] …" must not pass for the beginning of a JSON array.
        String contentType = batch.firstByte() == '[' ? "text/plain" : "application/x-ndjson";
        Client.Answer answer = client.post(path, contentType, batch.buffer(), batch.length());
        if (answer.ok()) {
            taken(name, batch, answer.json());
        } else if (answer.status() == 400 || answer.status() == 413) {
            report.refused(name, batch, answer.problem());
        } else {
            // Wrong usage is the shell's word for our arguments; whatever a server says to a delivery is a failure.
            Failure failure = answer.failure();
            throw failure.exitCode() == ExitCode.INCOMPLETE ? failure : new Failure(failure.getMessage());
        }
    }

    private void taken(String name, LineBatches.Batch batch, JsonNode answer) {
        long rejected = answer.path("rejected").asLong(0);
        long accepted = answer.path("accepted").asLong(batch.lines() - rejected);
        report.taken(accepted, Math.max(0, batch.lines() - accepted - rejected), batch.length());
        JsonNode errors = answer.path("errors");
        for (JsonNode error : errors) {
            report.refused(
                    name,
                    batch.firstLine() + error.path("line").asLong(1) - 1,
                    error.path("reason").asText("refused"),
                    error.path("detail").asText(""));
        }
        report.refusedUnnamed(name, rejected - errors.size());
    }

    /** The text of a stream that may be gzipped; its first two bytes tell. */
    private static InputStream plain(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, BUFFER) : buffered;
    }

    private static Failure unreadable(String name, IOException e) {
        String why = e instanceof EOFException
                ? "ends in the middle of its compressed data"
                : e instanceof ZipException ? "has damaged compressed data" : "could not be read further";
        String detail = e.getMessage() == null ? "" : " (" + SafeText.quoted(e.getMessage()) + ")";
        return new Failure(
                name + " " + why + detail + "; what came before was shipped. Repair it and ship it again.", e);
    }

    /** Tells the report how far into the file we are. */
    private static final class Counted extends FilterInputStream {

        private final ShipReport report;

        Counted(InputStream in, ShipReport report) {
            super(in);
            this.report = report;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) {
                report.read(read);
            }
            return read;
        }
    }
}
