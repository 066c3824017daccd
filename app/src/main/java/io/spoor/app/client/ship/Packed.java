package io.spoor.app.client.ship;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** What may be gzipped. */
final class Packed {

    private static final int BUFFER = 64 << 10;

    private Packed() {}

    /** The text of a stream that may be gzipped; its first two bytes tell. */
    static InputStream text(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, BUFFER) : buffered;
    }

    /** Files are told by their name: a growing one has no first bytes yet. */
    static boolean isPacked(Path file) {
        return file.toString().endsWith(".gz");
    }

    /** What is wrong with a stream, as the middle of a sentence. */
    static String complaint(IOException e) {
        return e instanceof EOFException
                ? "ends in the middle of its compressed data"
                : e instanceof ZipException ? "has damaged compressed data" : "could not be read further";
    }
}
