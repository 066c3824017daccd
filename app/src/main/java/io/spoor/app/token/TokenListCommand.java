package io.spoor.app.token;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.spoor.app.ExitCode;
import io.spoor.app.Table;
import io.spoor.runtime.access.Token;
import io.spoor.runtime.access.TokensFile;
import java.io.PrintWriter;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code spoor token list}. */
@Command(
        name = "list",
        description = "Lists the tokens: name, scopes, time of making. Their secrets are kept nowhere.",
        footer = "  spoor token list --output json")
final class TokenListCommand implements Callable<Integer> {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text or json. Default: text.")
    private Table.Output output = Table.Output.text;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // by picocli
    private TokenCommand tokens;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Token> all = tokens.file(TokensFile::read);
        PrintWriter out = spec.commandLine().getOut();
        out.print(output == Table.Output.json ? json(all) : text(all));
        out.flush();
        if (all.isEmpty() && output == Table.Output.text) {
            spec.commandLine().getErr().println("There are no tokens.");
        }
        return ExitCode.DONE;
    }

    private static String text(List<Token> tokens) {
        return Table.of(tokens.stream()
                .map(token -> List.of(
                        token.name(), token.scopeWords(), token.created().toString()))
                .toList());
    }

    private static String json(List<Token> tokens) {
        ArrayNode list = new ObjectMapper().createArrayNode();
        for (Token token : tokens) {
            var one = list.addObject().put("name", token.name());
            ArrayNode scopes = one.putArray("scopes");
            new TreeSet<>(token.scopes()).forEach(scope -> scopes.add(scope.word()));
            one.put("created", token.created().toString());
        }
        return list.toPrettyString() + System.lineSeparator();
    }
}
