package io.spoor.app.token;

import io.spoor.app.Failure;
import io.spoor.app.Spoor;
import io.spoor.runtime.access.AccessSettings;
import io.spoor.runtime.access.BrokenTokens;
import io.spoor.runtime.access.TokensFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code spoor token}. */
@Command(
        name = "token",
        description = {
            "Makes, lists and revokes the tokens by which others identify themselves.",
            "A Spoor that runs on this data directory follows within a second."
        },
        subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class},
        footer = {
            "  spoor token create alloy --scope ingest    for a shipper",
            "  spoor token list",
            "  spoor token revoke alloy"
        })
public final class TokenCommand implements Runnable {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The data directory of the Spoor it is for. Default: ./data.")
    @Nullable
    Path data;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // by picocli
    Spoor spoor;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Write create, list or revoke after it.");
    }

    /** What is done with the file of the settings; its faults end the command. */
    <T> T file(Use<T> use) {
        Map<String, String> flags = new HashMap<>();
        if (data != null) {
            flags.put("data", data.toString());
        }
        TokensFile file =
                new TokensFile(spoor.settings(flags).read(AccessSettings::from).tokensFile());
        try {
            return use.of(file);
        } catch (BrokenTokens e) {
            throw new Failure(e.sentence(), e);
        } catch (IOException e) {
            throw new Failure(
                    "The tokens file " + file + " cannot be written (" + TokensFile.reason(e)
                            + "). Run this as the user that runs Spoor.",
                    e);
        }
    }

    /** Work with the tokens file. */
    interface Use<T> {
        T of(TokensFile file) throws BrokenTokens, IOException;
    }
}
