package io.spoor.enrich.unwrap;

import org.jspecify.annotations.Nullable;

/** Tells by the first bytes of a record that it cannot be text. */
final class Binary {
    static final String HINT = "set the shipper's format to json";

    private final Utf8 utf8;

    Binary(Utf8 utf8) {
        this.utf8 = utf8;
    }

    @Nullable
    Rejection reject(byte[] value) {
        int length = value.length;
        if (begins(value, 0x1F, 0x8B) || begins(value, 0x28, 0xB5, 0x2F, 0xFD)) {
            return Rejection.COMPRESSED;
        }
        if (length == 0) {
            return null;
        }
        int first = value[0] & 0xFF;
        boolean messagePack = (first >= 0x80 && first <= 0x8F) || first == 0xDE || first == 0xDF;
        if (messagePack && isNoText(value, 0)) {
            return Rejection.BINARY;
        }
        return first == 0 && isAvro(value) ? Rejection.BINARY : null;
    }

    /**
     * A registry's frame: 0, four bytes of schema id, which are not all 0, and a body that is no text. NULs at the front
     * of a text are the hole that a truncated file leaves, so it takes a control character to tell the two apart.
     */
    private boolean isAvro(byte[] value) {
        int text = 0;
        while (text < value.length && value[text] == 0) {
            text++;
        }
        if (text >= 5 || text == value.length) {
            return false;
        }
        utf8.check(value, text, value.length);
        return utf8.controls() > trailingNuls(value);
    }

    private static int trailingNuls(byte[] value) {
        int at = value.length;
        while (at > 0 && value[at - 1] == 0) {
            at--;
        }
        return value.length - at;
    }

    private boolean isNoText(byte[] value, int from) {
        utf8.check(value, from, value.length);
        return utf8.malformed() > 0;
    }

    private static boolean begins(byte[] value, int... magic) {
        if (value.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((value[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
