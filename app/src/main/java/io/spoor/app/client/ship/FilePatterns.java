package io.spoor.app.client.ship;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/**
 * Files named one by one or by patterns ({@code * ? [abc] {a,b}}, and {@code **} across directories). A name that exists as it
 * stands is no pattern. Hidden files match only a pattern that names the dot, as in a shell.
 */
final class FilePatterns {

    private record Pattern(Path base, PathMatcher matcher, int depth, boolean dots) {}

    private final List<Pattern> wanted = new ArrayList<>();

    FilePatterns(List<String> names) {
        for (String name : names) {
            wanted.add(isPattern(name) ? pattern(name.replaceAll("/+", "/")) : exactly(Path.of(name)));
        }
    }

    /** Whether a name stands for others. */
    static boolean isPattern(String name) {
        return name.matches(".*[*?\\[{].*") && !Files.exists(Path.of(name));
    }

    /** The regular files that are there now: in the user's order, those of a pattern by name. */
    List<Path> files() {
        Set<Path> files = new LinkedHashSet<>();
        wanted.forEach(pattern -> files.addAll(matching(pattern)));
        return List.copyOf(files);
    }

    /** Whether a path is one of those meant, be it there or not. */
    boolean include(Path path) {
        return wanted.stream().anyMatch(pattern -> pattern.matcher().matches(path));
    }

    private static Pattern exactly(Path path) {
        return new Pattern(path, path::equals, 0, true);
    }

    private static Pattern pattern(String name) {
        Path base = Path.of("");
        int depth = 0;
        boolean fixed = true;
        // The directories before the first one with a wildcard need no search.
        String[] parts = name.split("/", -1);
        StringBuilder before = new StringBuilder(name.startsWith("/") ? "/" : "");
        for (int i = 0; i < parts.length; i++) {
            fixed &= i < parts.length - 1 && !parts[i].matches(".*[*?\\[{\\\\].*");
            if (fixed) {
                before.append(parts[i]).append(parts[i].isEmpty() ? "" : "/");
            } else {
                depth += parts[i].contains("**") || parts[i].contains("{") ? 32 : 1;
            }
        }
        if (before.length() > 0) {
            base = Path.of(before.toString());
        }
        boolean dots = name.matches("(.*/)?\\.[^/]*");
        return new Pattern(base, FileSystems.getDefault().getPathMatcher("glob:" + name), Math.min(depth, 32), dots);
    }

    private static Set<Path> matching(Pattern pattern) {
        Set<Path> files = new TreeSet<>();
        try {
            Files.walkFileTree(
                    pattern.base(),
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    pattern.depth(),
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            boolean hidden = String.valueOf(file.getFileName()).startsWith(".");
                            if (attributes.isRegularFile()
                                    && (!hidden || pattern.dots())
                                    && pattern.matcher().matches(file)) {
                                files.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            // Gone since it was listed, or a directory closed to us: no file for us there.
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            return Collections.emptySet();
        }
        return files;
    }

    /** Whether a pattern can be understood. */
    static boolean isValid(String name) {
        try {
            Path path = Path.of(name);
            if (!Files.exists(path)) {
                FileSystems.getDefault().getPathMatcher("glob:" + name);
            }
            return true;
        } catch (InvalidPathException | PatternSyntaxException e) {
            return false;
        }
    }
}
