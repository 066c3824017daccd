package io.spoor.runtime.settings;

/**
 * One effective setting, for {@code spoor config}.
 *
 * @param path the full path, {@code spoor.http.bind}
 * @param value as one would write it in the file; {@code ***} for a secret
 * @param origin where it was set: {@code default}, {@code spoor.conf: 12}, {@code SPOOR_HTTP_BIND}, {@code --http.bind}
 */
public record Setting(String path, String value, String origin) {}
