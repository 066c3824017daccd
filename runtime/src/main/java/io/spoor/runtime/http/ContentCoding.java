package io.spoor.runtime.http;

import com.github.luben.zstd.ZstdInputStream;
import io.spoor.runtime.Quoted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/**
 * The content codings of RFC 9110 §8.4.1 that bodies may have, plus zstd (RFC 8878) and snappy in the block format, which
 * Prometheus' and Loki's clients send.
 */
enum ContentCoding {
    IDENTITY("identity") {
        @Override
        void decode(byte[] in, BoundedBytes out) {
            throw new IllegalStateException("nothing to decode");
        }
    },
    GZIP("gzip") {
        @Override
        void decode(byte[] in, BoundedBytes out) throws Malformed, TooLarge {
            Gzip.decode(in, out);
        }
    },
    DEFLATE("deflate") {
        /** By the RFC it is zlib; some clients send raw deflate, which a zlib header cannot be mistaken for. */
        @Override
        void decode(byte[] in, BoundedBytes out) throws Malformed, TooLarge {
            boolean zlib = in.length >= 2 && (in[0] & 15) == 8 && (((in[0] & 0xff) << 8) | (in[1] & 0xff)) % 31 == 0;
            Inflater inflater = new Inflater(!zlib);
            try {
                inflater.setInput(in);
                inflate(inflater, out);
                if (inflater.getRemaining() > 0) {
                    throw new Malformed("bytes after its end");
                }
            } finally {
                inflater.end();
            }
        }
    },
    ZSTD("zstd") {
        @Override
        void decode(byte[] in, BoundedBytes out) throws Malformed, TooLarge {
            try (ZstdInputStream stream = new ZstdInputStream(new ByteArrayInputStream(in))) {
                int read;
                while ((read = stream.read(out.buffer(), out.offset(), out.space())) >= 0) {
                    count(out, read);
                }
            } catch (TooLarge e) {
                throw e;
            } catch (IOException e) {
                throw new Malformed(reason(e));
            }
        }
    },
    SNAPPY("snappy") {
        /** The block begins with its inflated length, so it is refused before anything is inflated. */
        @Override
        void decode(byte[] in, BoundedBytes out) throws Malformed, TooLarge {
            if (Arrays.equals(in, 0, Math.min(in.length, FRAMED.length), FRAMED, 0, FRAMED.length)) {
                throw new Malformed("it is in the framed format; send the block format");
            }
            try {
                int length = Snappy.uncompressedLength(in);
                if (length > out.limit()) {
                    throw new TooLarge(out.limit());
                }
                if (!Snappy.isValidCompressedBuffer(in)) {
                    throw new Malformed("not a snappy block");
                }
                out.put(length, target -> Snappy.uncompress(in, 0, in.length, target, 0));
            } catch (TooLarge | Malformed e) {
                throw e;
            } catch (IOException e) {
                throw new Malformed(reason(e));
            }
        }
    };

    /** The stream identifier of snappy's framing format. */
    private static final byte[] FRAMED = {(byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};

    private static final String ACCEPTED = "gzip, deflate, zstd, snappy, identity";

    private final String token;

    ContentCoding(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }

    /**
     * The coding that a {@code Content-Encoding} names.
     *
     * @throws Problem 415, which tells the known ones in {@code Accept-Encoding}
     */
    static ContentCoding of(@Nullable String header) {
        String name = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            return IDENTITY;
        }
        if (name.equals("x-gzip")) {
            return GZIP;
        }
        for (ContentCoding coding : values()) {
            if (coding.token.equals(name)) {
                return coding;
            }
        }
        throw Problem.unsupportedMediaType(
                        "Content-Encoding " + Quoted.of(name) + " is not known; send one of " + ACCEPTED + ".")
                .header("Accept-Encoding", ACCEPTED);
    }

    abstract void decode(byte[] in, BoundedBytes out) throws Malformed, TooLarge;

    /** Inflates one deflate stream to its end. */
    static void inflate(Inflater inflater, BoundedBytes out) throws Malformed, TooLarge {
        try {
            while (!inflater.finished()) {
                int n = inflater.inflate(out.buffer(), out.offset(), out.space());
                count(out, n);
                if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new Malformed("it ends too early");
                }
            }
        } catch (DataFormatException e) {
            throw new Malformed(reason(e));
        }
    }

    private static void count(BoundedBytes out, int bytes) throws TooLarge {
        if (!out.wrote(bytes)) {
            throw new TooLarge(out.limit());
        }
    }

    private static String reason(Exception e) {
        return Quoted.of(String.valueOf(e.getMessage())).replaceAll("\\.$", "");
    }

    /** The bytes are not in this coding. */
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** More than the limit would come out. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
        private final int limit;

        TooLarge(int limit) {
            this.limit = limit;
        }

        int limit() {
            return limit;
        }
    }
}
