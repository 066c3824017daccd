package io.spoor.app.token;

import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import io.spoor.runtime.access.Token;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code spoor token create}: prints the secret alone to stdout, for a script to take. */
@Command(
        name = "create",
        description = {
            "Makes a token and prints its secret, which is kept nowhere and cannot be shown again.",
            "ingest delivers lines, read asks for traces and metrics, admin may do everything."
        },
        footer = {
            "  spoor token create alloy --scope ingest",
            "  spoor token create me --scope ingest,read > ~/.spoor-token"
        })
final class TokenCreateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "For people, to know it by: letters, digits, dots and dashes.")
    private String name = "";

    @Option(
            names = "--scope",
            required = true,
            split = ",",
            paramLabel = "SCOPE",
            description = "ingest, read or admin; several with commas between them.")
    private List<String> scopes = List.of();

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // by picocli
    private TokenCommand tokens;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        Token.Issued issued = issue();
        boolean first = tokens.file(file -> {
            boolean none = file.read().isEmpty();
            if (!file.add(issued.token())) {
                throw new Failure(
                        "There is a token " + name + " already. Choose another name, or revoke that one first.");
            }
            return none;
        });
        PrintWriter out = spec.commandLine().getOut();
        out.println(issued.secret());
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        err.println("Made the token " + issued.token() + ". Its secret cannot be shown again.");
        if (first) {
            err.println("It is the first one: from now on, nobody comes in without a token.");
        }
        return ExitCode.DONE;
    }

    private Token.Issued issue() {
        try {
            return Token.issue(name, Token.scopes(scopes), Instant.now());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
    }
}
