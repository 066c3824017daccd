package io.spoor.enrich.tag;

import io.spoor.enrich.json.JsonKind;
import io.spoor.enrich.json.JsonName;
import io.spoor.enrich.json.JsonScan;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a line's {@code message} means, by its exact text, upper and lower ASCII letters alike.
 *
 * <p>Asked for every line, so it makes no string: an open-addressed table, hashed and compared over the line's own bytes.
 */
public final class MessageTable<T> {
    private static final JsonName MESSAGE = JsonName.of("message");

    private final byte[][] texts;
    private final Object[] meanings;
    private final int mask;

    public MessageTable(Map<String, T> table) {
        int size = Integer.highestOneBit(Math.max(1, table.size())) << 2;
        texts = new byte[size][];
        meanings = new Object[size];
        mask = size - 1;
        table.forEach((message, meaning) -> {
            byte[] text = message.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < text.length; i++) {
                text[i] = lower(text[i]);
            }
            int slot = slotOf(text, 0, text.length);
            texts[slot] = text;
            meanings[slot] = meaning;
        });
    }

    /** What the message of a line means, or null where it means nothing special. */
    public @Nullable T of(JsonScan line) {
        int message = line.find(MESSAGE, JsonKind.STRING);
        if (message < 0) {
            return null;
        }
        if (line.escaped(message)) {
            String decoded = line.string(message);
            byte[] text = String.valueOf(decoded).getBytes(StandardCharsets.UTF_8);
            return at(slotOf(text, 0, text.length));
        }
        return at(slotOf(line.buffer(), line.valueFrom(message) + 1, line.valueTo(message) - 1));
    }

    @SuppressWarnings("unchecked") // only put there by the constructor
    private @Nullable T at(int slot) {
        return (T) meanings[slot];
    }

    /** The slot that holds the text, or the free one where it would be. */
    private int slotOf(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + lower(bytes[i]);
        }
        int slot = (hash ^ (hash >>> 15)) & mask;
        while (texts[slot] != null && !equal(texts[slot], bytes, from, to)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static boolean equal(byte[] text, byte[] bytes, int from, int to) {
        if (text.length != to - from) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (text[i] != lower(bytes[from + i])) {
                return false;
            }
        }
        return true;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }
}
