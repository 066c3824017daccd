package io.spoor.runtime.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an answer although the request's body may still be arriving.
 *
 * <p>Closing a connection on which bytes are still arriving resets it, and the reset may overtake the answer: the client would
 * see a broken pipe instead of 413. So the answer goes first, and then some of the rest is read and dropped.
 */
public final class EarlyAnswer {
    private static final Logger log = LoggerFactory.getLogger(EarlyAnswer.class);
    private static final int DRAIN_BYTES = 64 * 1024 * 1024;
    private static final long DRAIN_NANOS = 2_000_000_000L;

    private EarlyAnswer() {}

    /** Sends a body after the status and the headers that were set before; a handler does nothing afterwards. */
    public static void send(Context ctx, byte[] body) {
        // Whoever was too slow has been waited for long enough.
        if (ctx.statusCode() != 408 && hasUnreadBody(ctx)) {
            answerThenDrain(ctx, body);
        } else {
            ctx.result(body);
        }
    }

    private static boolean hasUnreadBody(Context ctx) {
        try {
            boolean sendsBody = ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
            return sendsBody
                    && ctx.header("Expect") == null
                    && !ctx.res().isCommitted()
                    && !ctx.req().getInputStream().isFinished();
        } catch (IOException e) {
            return false;
        }
    }

    private static void answerThenDrain(Context ctx, byte[] body) {
        try {
            ctx.header("Connection", "close");
            ctx.res().setContentLength(body.length);
            ctx.res().getOutputStream().write(body);
            ctx.res().flushBuffer();
            InputStream in = ctx.req().getInputStream();
            byte[] dropped = new byte[16 * 1024];
            long deadline = System.nanoTime() + DRAIN_NANOS;
            int read = 0;
            for (long left = DRAIN_BYTES; left > 0 && read >= 0 && System.nanoTime() < deadline; left -= read) {
                read = in.read(dropped);
            }
        } catch (IOException e) {
            log.atDebug().setCause(e).log("Connection lost");
        }
    }
}
