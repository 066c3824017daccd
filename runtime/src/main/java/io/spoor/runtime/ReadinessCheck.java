package io.spoor.runtime;

/** One thing that must hold before traffic should be sent here; asked at each {@code GET /ready}. */
public interface ReadinessCheck {
    /** A short, stable name such as {@code kafka} or {@code stores}. */
    String name();

    /** The state now. Answers within about two seconds, from any thread, and does not throw. */
    Readiness check();
}
