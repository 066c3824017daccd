package io.spoor.app.up;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The roles of a process: started in order, closed in reverse, all of them, whatever one of them does. */
final class Roles implements AutoCloseable {
    private final List<Role> inOrder;
    private final Progress progress;
    private final Deque<Role> started = new ArrayDeque<>();

    Roles(List<Role> inOrder, Progress progress) {
        this.inOrder = List.copyOf(inOrder);
        this.progress = progress;
    }

    /** Starts one role after the other, and no further one once {@code stop} is true. */
    void start(BooleanSupplier stop) {
        for (Role role : inOrder) {
            if (stop.getAsBoolean()) {
                return;
            }
            started.push(role);
            progress.during("Starting " + role.name() + " ...", role::start);
        }
    }

    /** Closes what was started; the first failure is thrown at the end, with the others attached. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!started.isEmpty()) {
            Role role = started.pop();
            try {
                progress.during("Closing " + role.name() + " ...", role::close);
            } catch (RuntimeException e) {
                first = joined(first, e);
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static RuntimeException joined(@Nullable RuntimeException first, RuntimeException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }
}
