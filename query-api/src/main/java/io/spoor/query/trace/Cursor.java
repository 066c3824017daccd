package io.spoor.query.trace;

import io.spoor.model.LineId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where a page of lines ends: the time and id of its last line. Written for clients as base64url of
 * {@code u8 version, i64 atMillis, u32 partition, i64 offset, i32 index, 16 bytes of HMAC-SHA-256} over these and the
 * question, so that a cursor that was altered or belongs to another question is recognised. It holds nothing secret and
 * opens nothing: the key only has to be the same on every instance.
 */
record Cursor(long atMillis, LineId id) {
    private static final byte VERSION = 1;
    private static final int MAC_BYTES = 16;
    private static final byte[] KEY = "spoor trace cursor".getBytes(StandardCharsets.US_ASCII);

    static Cursor after(TraceLine line) {
        return new Cursor(line.stamp().at(), line.stamp().id());
    }

    String write(String question) {
        byte[] position = position();
        byte[] all = Arrays.copyOf(position, position.length + MAC_BYTES);
        System.arraycopy(mac(position, question), 0, all, position.length, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** The cursor in a text, or nothing where it is none or belongs to another question. */
    static Optional<Cursor> read(String text, String question) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(text);
            ByteBuffer in = ByteBuffer.wrap(all);
            if (in.get() != VERSION) {
                return Optional.empty();
            }
            Cursor cursor = new Cursor(in.getLong(), new LineId(in.getInt(), in.getLong(), in.getInt()));
            byte[] written = cursor.write(question).getBytes(StandardCharsets.US_ASCII);
            return MessageDigest.isEqual(written, text.getBytes(StandardCharsets.UTF_8))
                    ? Optional.of(cursor)
                    : Optional.empty();
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private byte[] position() {
        return ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES)
                .put(VERSION)
                .putLong(atMillis)
                .putInt(id.partition())
                .putLong(id.offset())
                .putInt(id.index())
                .array();
    }

    private static byte[] mac(byte[] position, String question) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            mac.update(position);
            return mac.doFinal(question.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256", e);
        }
    }
}
