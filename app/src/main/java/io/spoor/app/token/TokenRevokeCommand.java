package io.spoor.app.token;

import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import io.spoor.runtime.Quoted;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code spoor token revoke}. */
@Command(
        name = "revoke",
        description = {
            "Revokes a token: within a second it opens nothing any more.",
            "Ends with 3 when there is none of that name."
        },
        footer = "  spoor token revoke alloy")
final class TokenRevokeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "As spoor token list shows it.")
    private String name = "";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // by picocli
    private TokenCommand tokens;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        boolean last = tokens.file(file -> {
            if (!file.remove(name)) {
                throw new Failure(
                        ExitCode.NOT_FOUND,
                        "There is no token " + Quoted.of(name) + "; spoor token list shows which there are.",
                        null);
            }
            return file.read().isEmpty();
        });
        spec.commandLine().getErr().println("Revoked the token " + name + ".");
        if (last) {
            spec.commandLine()
                    .getErr()
                    .println("None is left: everybody on this machine may do everything, others may do nothing.");
        }
        return ExitCode.DONE;
    }
}
