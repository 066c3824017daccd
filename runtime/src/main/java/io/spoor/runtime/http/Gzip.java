package io.spoor.runtime.http;

import io.spoor.runtime.http.ContentCoding.Malformed;
import io.spoor.runtime.http.ContentCoding.TooLarge;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/**
 * Gzip with any number of members, RFC 1952. The JDK's stream decides by {@code available()} whether another member follows
 * and takes a broken one for the end; here nothing is dropped in silence.
 */
final class Gzip {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;

    private Gzip() {}

    static void decode(byte[] in, BoundedBytes out) throws Malformed, TooLarge {
        int at = 0;
        do {
            at = member(in, at, out);
        } while (at < in.length);
    }

    private static int member(byte[] in, int start, BoundedBytes out) throws Malformed, TooLarge {
        int body = header(in, start);
        int before = out.size();
        Inflater inflater = new Inflater(true);
        int end;
        try {
            inflater.setInput(in, body, in.length - body);
            ContentCoding.inflate(inflater, out);
            end = in.length - inflater.getRemaining();
        } finally {
            inflater.end();
        }
        if (in.length - end < TRAILER) {
            throw new Malformed("it ends too early");
        }
        ByteBuffer trailer = ByteBuffer.wrap(in, end, TRAILER).order(ByteOrder.LITTLE_ENDIAN);
        CRC32 crc = new CRC32();
        out.updateFrom(before, crc);
        if (trailer.getInt() != (int) crc.getValue() || trailer.getInt() != out.size() - before) {
            throw new Malformed("its checksum is wrong");
        }
        return end + TRAILER;
    }

    /** Where the deflate stream begins. */
    private static int header(byte[] in, int start) throws Malformed {
        if (in.length - start < HEADER) {
            throw new Malformed("it ends too early");
        }
        if ((in[start] & 0xff) != 0x1f || (in[start + 1] & 0xff) != 0x8b || in[start + 2] != 8) {
            throw new Malformed(
                    start == 0 ? "it does not begin like gzip" : "bytes after its end are no further member");
        }
        int flags = in[start + 3];
        int at = start + HEADER;
        if ((flags & FEXTRA) != 0) {
            check(in, at + 2);
            at += 2 + (in[at] & 0xff) + ((in[at + 1] & 0xff) << 8);
        }
        if ((flags & FNAME) != 0) {
            at = afterZero(in, at);
        }
        if ((flags & FCOMMENT) != 0) {
            at = afterZero(in, at);
        }
        if ((flags & FHCRC) != 0) {
            at += 2;
        }
        check(in, at);
        return at;
    }

    private static int afterZero(byte[] in, int from) throws Malformed {
        int at = from;
        check(in, at);
        while (at < in.length && in[at] != 0) {
            at++;
        }
        check(in, at + 1);
        return at + 1;
    }

    private static void check(byte[] in, int at) throws Malformed {
        if (at > in.length) {
            throw new Malformed("it ends too early");
        }
    }
}
