package io.spoor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts, run in a made environment with a Java that only prints how it was called. */
class LauncherTest {
    private static final Path SCRIPTS = Path.of("src", "main", "dist", "bin").toAbsolutePath();
    private static final String NO_JAVA = "Spoor needs a JDK, version 17 or newer, and finds none in JAVA_HOME or on"
            + " the PATH; install one with 'sudo apt install openjdk-17-jdk' (Debian),"
            + " 'sudo dnf install java-17-openjdk-devel' (Fedora) or 'brew install openjdk@17' (macOS).\n";

    @TempDir
    Path temp;

    private Path launcher = SCRIPTS;

    @BeforeEach
    void install_in_a_path_with_spaces() throws IOException {
        Path bin = Files.createDirectories(temp.resolve("with spaces/bin"));
        for (String script : List.of("spoor", "find-java")) {
            Files.copy(SCRIPTS.resolve(script), bin.resolve(script));
        }
        launcher = bin.resolve("spoor");
    }

    @Test
    void without_java_it_says_what_to_install() throws Exception {
        Run run = run(Map.of("PATH", temp.toString()), "up");
        assertThat(run).isEqualTo(new Run(1, "", NO_JAVA));
    }

    @Test
    void a_java_that_is_too_old_is_none() throws Exception {
        Run run = run(Map.of("PATH", temp.toString(), "JAVA_HOME", java("old", "11.0.2")), "up");
        assertThat(run).isEqualTo(new Run(1, "", NO_JAVA));
    }

    @Test
    void the_java_of_the_path_is_taken_where_JAVA_HOME_is_too_old() throws Exception {
        String good = java("jdk 17", "17.0.1");
        Path path = Files.createDirectories(temp.resolve("path"));
        Files.createSymbolicLink(path.resolve("java"), Path.of(good, "bin", "java"));
        Run run = run(Map.of("PATH", path + ":/usr/bin:/bin", "JAVA_HOME", java("old", "11.0.2")), "trace", "a b", "*");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith(good + "/bin/java\n").endsWith("\nio.spoor.app.Spoor\ntrace\na b\n*\n");
    }

    @Test
    void options_of_the_user_come_after_ours() throws Exception {
        Run run = run(
                Map.of("PATH", temp.toString(), "JAVA_HOME", java("jdk", "17"), "SPOOR_JAVA_OPTS", "-Xmx3g -Da=b"),
                "up");
        assertThat(run.out().lines()).containsSubsequence("-Xmx1g", "-Xmx3g", "-Da=b", "-cp");
    }

    @Test
    void access_to_memory_is_allowed_where_the_jvm_asks_for_it() throws Exception {
        String option = "--sun-misc-unsafe-memory-access=allow";
        assertThat(run(Map.of("JAVA_HOME", java("17", "17.0.1")), "up").out()).doesNotContain(option);
        assertThat(run(Map.of("JAVA_HOME", java("25", "25")), "up").out()).contains(option);
    }

    /** Makes a home of a Java that prints its own path and its arguments, one a line. */
    private String java(String name, String version) throws IOException {
        Path home = temp.resolve(name);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home.toString();
    }

    private Run run(Map<String, String> environment, String... args) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", launcher.toString());
        builder.command().addAll(List.of(args));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Path out = temp.resolve("out");
        Path err = temp.resolve("err");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), read(out), read(err));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private record Run(int exit, String out, String err) {}
}
