package io.spoor.app;

import java.util.List;
import java.util.stream.Collectors;

/** Rows of words as aligned columns, two spaces apart. */
public final class Table {
    /** A column is not made wider than this; a longer word shifts what follows it. */
    private static final int WIDEST = 44;

    /** What a command that lists something can print. */
    public enum Output {
        text,
        json
    }

    private Table() {}

    /** The rows, each with a line end; all have the same number of columns. */
    public static String of(List<List<String>> rows) {
        return rows.stream().map(row -> line(row, rows)).collect(Collectors.joining());
    }

    private static String line(List<String> row, List<List<String>> rows) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            int here = column;
            int width = Math.min(
                    WIDEST,
                    rows.stream()
                            .mapToInt(other -> other.get(here).length())
                            .max()
                            .orElse(0));
            boolean last = column == row.size() - 1;
            String word = row.get(column);
            line.append(word)
                    .append(last ? System.lineSeparator() : " ".repeat(Math.max(0, width - word.length()) + 2));
        }
        return line.toString();
    }
}
