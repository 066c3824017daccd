package io.spoor.aggregate.trail;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Lines of one trail as one LZ4 block, in the order in which they were appended.
 *
 * <p>Big-endian: {@code u8 version, u32 crc, u32 count, u32 rawBytes, block}; the block holds {@code count} times
 * {@code u32 length, bytes}. The CRC-32C covers all that follows it. Source: LZ4 block format.
 */
final class Chunk {
    static final byte VERSION = 1;

    private static final int HEADER = 13;
    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    private static final LZ4SafeDecompressor DECOMPRESSOR =
            LZ4Factory.fastestInstance().safeDecompressor();

    /** No LZ4 block grows more than this when it is decompressed. */
    private static final int MAX_RATIO = 255;

    private Chunk() {}

    static byte[] encode(List<byte[]> lines) {
        int raw = 0;
        for (byte[] line : lines) {
            raw += Integer.BYTES + line.length;
        }
        ByteBuffer block = ByteBuffer.allocate(raw);
        for (byte[] line : lines) {
            block.putInt(line.length).put(line);
        }
        byte[] chunk = new byte[HEADER + COMPRESSOR.maxCompressedLength(raw)];
        int length = HEADER + COMPRESSOR.compress(block.array(), 0, raw, chunk, HEADER);
        ByteBuffer header = ByteBuffer.wrap(chunk, 0, length);
        header.put(VERSION).putInt(0).putInt(lines.size()).putInt(raw);
        header.putInt(1, checksum(chunk, length));
        return Arrays.copyOf(chunk, length);
    }

    /** The lines of a chunk; throws {@link CorruptChunk} rather than return some of the lines as if they were all. */
    static List<byte[]> decode(byte[] chunk) {
        ByteBuffer header = ByteBuffer.wrap(chunk);
        if (chunk.length < HEADER) {
            throw new CorruptChunk("it has only " + chunk.length + " bytes");
        }
        byte version = header.get();
        if (version != VERSION) {
            throw new CorruptChunk("its version is " + version + ", this Spoor reads " + VERSION);
        }
        if (header.getInt() != checksum(chunk, chunk.length)) {
            throw new CorruptChunk("its checksum does not match its bytes");
        }
        int count = header.getInt();
        int raw = header.getInt();
        int packed = chunk.length - HEADER;
        if (raw < 0 || raw > (long) packed * MAX_RATIO || count < 0 || count > raw / Integer.BYTES) {
            throw new CorruptChunk("it claims " + count + " lines in " + raw + " bytes");
        }
        byte[] block = new byte[raw];
        try {
            if (DECOMPRESSOR.decompress(chunk, HEADER, packed, block, 0, raw) != raw) {
                throw new CorruptChunk("its block is shorter than it says");
            }
        } catch (LZ4Exception e) {
            throw new CorruptChunk("its block cannot be decompressed", e);
        }
        return lines(block, count);
    }

    private static List<byte[]> lines(byte[] block, int count) {
        List<byte[]> lines = new ArrayList<>(count);
        ByteBuffer in = ByteBuffer.wrap(block);
        for (int i = 0; i < count; i++) {
            int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new CorruptChunk("its line " + i + " does not end within it");
            }
            byte[] line = new byte[length];
            in.get(line);
            lines.add(line);
        }
        if (in.hasRemaining()) {
            throw new CorruptChunk("it holds more than its " + count + " lines");
        }
        return lines;
    }

    private static int checksum(byte[] chunk, int length) {
        CRC32C crc = new CRC32C();
        crc.update(chunk, 5, length - 5);
        return (int) crc.getValue();
    }
}
