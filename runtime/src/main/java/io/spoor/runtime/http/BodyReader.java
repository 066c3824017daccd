package io.spoor.runtime.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and decodes bodies within limits: a declared length over the limit is refused before the first byte is read, an
 * undeclared one while reading; compressed and inflated bytes are counted separately, and both against a budget that all
 * requests share.
 */
public final class BodyReader {
    private final BodyLimits limits;
    private final ByteBudget budget;

    public BodyReader(BodyLimits limits, ByteBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    /**
     * The body; the caller closes it when its bytes are no longer needed.
     *
     * @throws Problem 400 when it cannot be decompressed, 408 when it takes too long, 413 when it is too large, 415 when its
     *     {@code Content-Encoding} is unknown, 503 when there is no room at present
     */
    public Body read(Context ctx) throws IOException {
        long declared = ctx.req().getContentLengthLong();
        if (declared > limits.maxBytes()) {
            throw tooLarge();
        }
        ContentCoding coding = ContentCoding.of(ctx.header("Content-Encoding"));
        BoundedBytes sent = new BoundedBytes((int) Math.min(limits.maxBytes(), Integer.MAX_VALUE - 8), budget);
        BoundedBytes inflated = null;
        boolean done = false;
        try {
            readAll(ctx.req().getInputStream(), sent);
            byte[] bytes = sent.toArray();
            if (coding != ContentCoding.IDENTITY && bytes.length > 0) {
                inflated = new BoundedBytes(limits.inflatedLimit(bytes.length), budget);
                bytes = inflate(coding, bytes, inflated);
            }
            done = true;
            return body(bytes, sent, inflated);
        } finally {
            if (!done) {
                budget.give(sent.held() + (inflated == null ? 0 : inflated.held()));
            }
        }
    }

    /**
     * Inflates a snappy block, for protocols whose messages are such blocks whether or not {@code Content-Encoding} says so.
     * The inflated bytes count in the budget beside those of the block.
     *
     * @throws Problem 400 when it is none, 413 when it is too large, 503 when there is no room at present
     */
    public Body unsnappy(Body block) throws IOException {
        BoundedBytes inflated = new BoundedBytes(limits.inflatedLimit(block.bytes().length), budget);
        boolean done = false;
        try {
            byte[] bytes = inflate(ContentCoding.SNAPPY, block.bytes(), inflated);
            done = true;
            return new Body(bytes, budget, inflated.held());
        } finally {
            if (!done) {
                budget.give(inflated.held());
            }
        }
    }

    private Body body(byte[] bytes, BoundedBytes sent, @Nullable BoundedBytes inflated) {
        if (inflated == null) {
            return new Body(bytes, budget, sent.held());
        }
        // The compressed bytes are garbage from here on.
        budget.give(sent.held());
        return new Body(bytes, budget, inflated.held());
    }

    private void readAll(InputStream in, BoundedBytes sent) throws IOException {
        long deadline = System.nanoTime() + limits.timeout().toNanos();
        while (true) {
            byte[] buffer = sent.buffer();
            int read = in.read(buffer, sent.offset(), sent.space());
            if (read < 0) {
                return;
            }
            if (!sent.wrote(read)) {
                throw tooLarge();
            }
            if (System.nanoTime() - deadline > 0) {
                throw Problem.requestTimeout(
                        "The body did not arrive within " + limits.timeout().toMillis() + " ms.");
            }
        }
    }

    private static byte[] inflate(ContentCoding coding, byte[] bytes, BoundedBytes out) throws IOException {
        try {
            coding.decode(bytes, out);
            return out.toArray();
        } catch (ContentCoding.TooLarge e) {
            throw Problem.bodyTooLarge(e.limit(), "The body inflates to more than " + e.limit() + " bytes.");
        } catch (ContentCoding.Malformed e) {
            throw Problem.badRequest(
                    "malformed-encoding",
                    "Malformed content encoding",
                    "The body is not valid " + coding.token() + ": " + e.getMessage() + ".");
        }
    }

    private Problem tooLarge() {
        return Problem.bodyTooLarge(
                limits.maxBytes(), "The body is larger than " + limits.maxBytes() + " bytes; send it in parts.");
    }
}
