package io.spoor.app;

import java.util.concurrent.Callable;

/**
 * A subcommand of a module that stands above this one, found by {@link java.util.ServiceLoader}: a class with picocli's
 * {@code @Command}, whose call returns one of {@link ExitCode}.
 */
public interface Subcommand extends Callable<Integer> {}
