package io.spoor.runtime.settings;

import java.util.List;

/** Everything that is wrong with the settings at once, a sentence each. The command prints the message and exits with 2. */
public final class SettingsProblems extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    SettingsProblems(List<String> problems) {
        super(numbered(problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }

    private static String numbered(List<String> problems) {
        if (problems.size() == 1) {
            return problems.get(0);
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < problems.size(); i++) {
            out.append(i == 0 ? "" : System.lineSeparator())
                    .append(problems.get(i))
                    .append(" (")
                    .append(i + 1)
                    .append(" of ")
                    .append(problems.size())
                    .append(" problems)");
        }
        return out.toString();
    }
}
