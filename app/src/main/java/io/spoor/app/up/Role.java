package io.spoor.app.up;

/**
 * A part of the process that lives from {@link #start()} to {@link #close()}.
 *
 * <p>Both are called once and from the same thread. {@code close} follows every {@code start}, one that threw included,
 * so it has to cope with a start that stopped half-way. Both take seconds at most.
 */
public interface Role extends AutoCloseable {
    /** What the user is told is starting, such as {@code Kafka on 127.0.0.1:9092}. */
    String name();

    /**
     * Returns when the role does its work.
     *
     * @throws io.spoor.app.Failure if the user has to do something first
     */
    void start();

    @Override
    void close();
}
