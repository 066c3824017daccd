package io.spoor.aggregate.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.strings;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class ChunkTest {
    private static final List<byte[]> LINES = List.of(bytes("{\"a\":1}"), bytes(""), bytes("x".repeat(300)));

    @Test
    void what_was_encoded_is_decoded() {
        qt().forAll(lists().of(strings().allPossible().ofLengthBetween(0, 200)).ofSizeBetween(0, 30))
                .checkAssert(texts -> {
                    List<byte[]> lines = texts.stream().map(ChunkTest::bytes).toList();

                    assertThat(Chunk.decode(Chunk.encode(lines))).containsExactlyElementsOf(lines);
                });
    }

    @Test
    void a_long_line_of_one_character_survives() {
        List<byte[]> lines = List.of(bytes("x".repeat(9 << 20)));

        assertThat(Chunk.decode(Chunk.encode(lines))).containsExactlyElementsOf(lines);
    }

    @Test
    void a_flipped_bit_anywhere_is_noticed() {
        byte[] chunk = Chunk.encode(LINES);
        for (int i = 0; i < chunk.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] corrupt = chunk.clone();
                corrupt[i] ^= (byte) (1 << bit);

                assertThatThrownBy(() -> Chunk.decode(corrupt))
                        .as("byte %d, bit %d", i, bit)
                        .isInstanceOf(CorruptChunk.class);
            }
        }
    }

    @Test
    void a_chunk_cut_off_anywhere_is_noticed() {
        byte[] chunk = Chunk.encode(LINES);
        for (int length = 0; length < chunk.length; length++) {
            byte[] cut = Arrays.copyOf(chunk, length);

            assertThatThrownBy(() -> Chunk.decode(cut)).as("%d bytes", length).isInstanceOf(CorruptChunk.class);
        }
        assertThatThrownBy(() -> Chunk.decode(Arrays.copyOf(chunk, chunk.length + 1)))
                .isInstanceOf(CorruptChunk.class);
    }

    @Test
    void another_version_is_told_by_name() {
        byte[] chunk = Chunk.encode(LINES);
        chunk[0] = 2;

        assertThatThrownBy(() -> Chunk.decode(chunk))
                .isInstanceOf(CorruptChunk.class)
                .hasMessageContaining("version is 2");
    }

    @Test
    void claims_that_no_block_can_keep_are_refused_before_memory_is_taken() {
        for (int[] claim : new int[][] {
            {1, Integer.MAX_VALUE}, {Integer.MAX_VALUE, 400}, {-1, 400}, {3, -1}, {3, 1_000_000}, {0, 0}, {101, 400}
        }) {
            byte[] chunk = Chunk.encode(LINES);
            ByteBuffer.wrap(chunk).putInt(5, claim[0]).putInt(9, claim[1]);

            assertThatThrownBy(() -> Chunk.decode(checked(chunk)))
                    .as("%d lines, %d bytes", claim[0], claim[1])
                    .isInstanceOf(CorruptChunk.class);
        }
    }

    @Test
    void lines_that_do_not_fill_their_block_are_refused_although_the_checksum_holds() {
        for (int count : new int[] {0, 1, 2, 4}) {
            byte[] chunk = Chunk.encode(LINES);
            ByteBuffer.wrap(chunk).putInt(5, count);

            assertThatThrownBy(() -> Chunk.decode(checked(chunk)))
                    .as("%d lines", count)
                    .isInstanceOf(CorruptChunk.class);
        }
    }

    /** With a checksum that fits, as a bug would write it. */
    private static byte[] checked(byte[] chunk) {
        CRC32C crc = new CRC32C();
        crc.update(chunk, 5, chunk.length - 5);
        ByteBuffer.wrap(chunk).putInt(1, (int) crc.getValue());
        return chunk;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
