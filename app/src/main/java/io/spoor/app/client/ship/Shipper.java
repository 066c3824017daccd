package io.spoor.app.client.ship;

import io.spoor.app.Failure;
import io.spoor.app.client.Labels;
import io.spoor.app.client.SafeText;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;

/** Sends the lines of one input after another, a batch after the last one was acknowledged, so that order is kept. */
final class Shipper {

    private final Target target;
    private final Labels labels;
    private final boolean join;
    private final ShipReport report;

    Shipper(Target target, Labels labels, boolean join, ShipReport report) {
        this.target = target;
        this.labels = labels;
        this.join = join;
        this.report = report;
    }

    void ship(Path file) {
        String name = file.toString();
        try (InputStream in = Files.newInputStream(file)) {
            report.begin(name, Files.size(file));
            InputStream text = Packed.text(new Counted(in, report));
            ship(name, text, labels.orFrom(String.valueOf(file.getFileName())), LineBatches.Arrivals.ALWAYS);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** @param stopped whether to end with what has been read so far */
    void shipStdin(InputStream in, BooleanSupplier stopped) {
        report.begin("-", 0);
        try {
            Pipe pipe = Pipe.from(in, stopped);
            InputStream text = Packed.text(pipe);
            // What unpacks holds bytes that the pipe knows nothing of.
            boolean packed = text instanceof GZIPInputStream;
            ship("-", text, labels, packed ? LineBatches.Arrivals.ALWAYS : pipe);
        } catch (IOException e) {
            throw unreadable("standard input", e);
        }
    }

    private void ship(String name, InputStream text, Labels of, LineBatches.Arrivals arrivals) throws IOException {
        LineBatches batches = new LineBatches(text, 1, join, LineBatches.AtEnd.TAKE_ALL, arrivals);
        for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
            if (batch.isOversized()) {
                report.oversized(name, batch);
            } else {
                report.taken(name, target.deliver(batch, of), batch.bytes());
            }
        }
    }

    private static Failure unreadable(String name, IOException e) {
        String detail = e.getMessage() == null ? "" : " (" + SafeText.quoted(e.getMessage()) + ")";
        return new Failure(
                name + " " + Packed.complaint(e) + detail
                        + "; what came before was shipped. Repair it and ship it again.",
                e);
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
