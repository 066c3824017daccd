package io.spoor.runtime;

/**
 * The answer of a {@link ReadinessCheck}.
 *
 * @param ok whether traffic can be served
 * @param detail what is so, in a few words for an operator: {@code restoring 2 of 4}
 */
public record Readiness(boolean ok, String detail) {
    public static Readiness ready(String detail) {
        return new Readiness(true, detail);
    }

    public static Readiness notReady(String detail) {
        return new Readiness(false, detail);
    }
}
