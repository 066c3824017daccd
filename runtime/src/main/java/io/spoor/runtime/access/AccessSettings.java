package io.spoor.runtime.access;

import io.spoor.runtime.settings.SettingsReader;
import java.nio.file.Path;

/**
 * Who may come in.
 *
 * @param tokensFile see {@link TokensFile}; it need not exist
 */
public record AccessSettings(Path tokensFile) {
    public static AccessSettings from(SettingsReader reader) {
        return new AccessSettings(reader.path("spoor.access.tokens-file"));
    }
}
