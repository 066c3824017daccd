package io.spoor.enrich.unwrap;

/** Is told what a record held, in the order in which it held it. Everything passed is only lent for the call. */
public interface UnwrapSink {
    void line(RawLine line);

    /**
     * A piece that cannot be represented as a line.
     *
     * @param index its number in the record, as {@link RawLine#index}
     * @param detail one sentence: what is wrong, and what to do where something can be done
     * @param buffer holds the piece from {@code from} to {@code to}, exclusive
     */
    void rejected(int index, Rejection reason, String detail, byte[] buffer, int from, int to);

    void dropped(Drop reason);
}
