package io.spoor.app;

/** The exit codes that every subcommand keeps to; scripts rely on them. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    /** The command line or a setting is wrong; nothing was tried. */
    public static final int USAGE = 2;

    public static final int NOT_FOUND = 3;
    /** An answer that says itself that it is not whole, or none in time. */
    public static final int INCOMPLETE = 4;

    private ExitCode() {}
}
