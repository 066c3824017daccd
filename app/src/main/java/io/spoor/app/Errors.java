package io.spoor.app;

import io.spoor.runtime.CannotStart;
import io.spoor.runtime.settings.SettingsProblems;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command that fails says so: a sentence on stderr and an exit code; a stack trace with {@code SPOOR_DEBUG}. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final boolean debug;

    Errors(boolean debug) {
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        say(command, name + ": " + sentence(wrong) + " See " + name + " --help.", wrong);
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        if (thrown instanceof Failure failure) {
            say(command, failure.getMessage(), failure);
            return failure.exitCode();
        }
        if (thrown instanceof CannotStart cannot) {
            say(command, String.valueOf(cannot.getMessage()), cannot);
            return ExitCode.FAILED;
        }
        if (thrown instanceof SettingsProblems problems) {
            say(command, String.valueOf(problems.getMessage()), problems);
            return ExitCode.USAGE;
        }
        say(
                command,
                "This is a bug in Spoor: " + thrown + ". With SPOOR_DEBUG=1 it shows where; please report it.",
                thrown);
        return ExitCode.FAILED;
    }

    private static String sentence(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            String message = String.valueOf(wrong.getMessage());
            return message.endsWith(".") ? message : message + ".";
        }
        String first = unmatched.getUnmatched().get(0);
        String kind = first.startsWith("-") ? "option" : takesCommand(unmatched) ? "command" : "argument";
        List<String> near = unmatched.getSuggestions();
        return "Unknown " + kind + " '" + first + "'" + (near.isEmpty() ? "." : "; did you mean " + near.get(0) + "?");
    }

    private static boolean takesCommand(ParameterException wrong) {
        return !wrong.getCommandLine().getSubcommands().isEmpty();
    }

    private void say(CommandLine command, String sentence, Exception cause) {
        PrintWriter err = command.getErr();
        err.println(sentence);
        if (debug) {
            cause.printStackTrace(err);
        }
        err.flush();
    }
}
