package io.spoor.app.shipper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configurations of {@code docs/shipping.md}, as a reader copies them. */
final class Manual {
    private static final Path FILE = Path.of("..", "docs", "shipping.md");

    private Manual() {}

    /**
     * A code block.
     *
     * @param heading of the third level, above it
     * @param nth of the blocks under that heading, from 1
     * @param here what the reader puts in the place of what the manual says
     */
    static String block(String heading, int nth, Map<String, String> here) {
        String section = section(heading);
        Matcher blocks = Pattern.compile("(?ms)^```\\w+\n(.*?)^```$").matcher(section);
        for (int i = 0; i < nth; i++) {
            if (!blocks.find()) {
                throw new IllegalArgumentException("No block " + nth + " under " + heading + " in " + FILE);
            }
        }
        String block = blocks.group(1);
        for (Map.Entry<String, String> word : here.entrySet()) {
            block = block.replace(word.getKey(), word.getValue());
        }
        return block;
    }

    private static String section(String heading) {
        try {
            Matcher section = Pattern.compile("(?ms)^### " + Pattern.quote(heading) + "\n(.*?)(?=^##|\\z)")
                    .matcher(Files.readString(FILE));
            if (!section.find()) {
                throw new IllegalArgumentException("No heading " + heading + " in " + FILE);
            }
            return section.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
