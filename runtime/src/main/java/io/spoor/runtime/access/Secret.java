package io.spoor.runtime.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** What the holder of a token shows: {@code spoor_} and 160 random bits. Being random, it needs no salt and no slow hash. */
final class Secret {
    private static final String PREFIX = "spoor_";
    private static final int BITS = 160;
    private static final int BITS_A_DIGIT = 5;

    /** RFC 4648, in lower case. */
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private Secret() {}

    static String random(SecureRandom random) {
        StringBuilder secret = new StringBuilder(PREFIX);
        for (int i = 0; i < BITS / BITS_A_DIGIT; i++) {
            secret.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        return secret.toString();
    }

    static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
