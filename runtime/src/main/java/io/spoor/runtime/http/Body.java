package io.spoor.runtime.http;

/** A request's body, decoded. Its bytes count in the {@link ByteBudget} until it is closed; closing twice is harmless. */
public final class Body implements AutoCloseable {
    private final ByteBudget budget;
    private final long held;
    private final byte[] bytes;
    private boolean closed;

    Body(byte[] bytes, ByteBudget budget, long held) {
        this.bytes = bytes;
        this.budget = budget;
        this.held = held;
    }

    /** The bytes themselves, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            budget.give(held);
        }
    }
}
