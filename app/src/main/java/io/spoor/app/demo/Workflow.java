package io.spoor.app.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a repository lets CI do.
 *
 * @param jobs each after the jobs that it needs
 */
record Workflow(String name, List<Job> jobs) {

    record Job(String name, List<String> needs, List<String> steps) {}

    static final Workflow CI = new Workflow(
            "ci",
            List.of(
                    job("lint", needs(), "checkout-info", "lint"),
                    job("test", needs("lint"), "install", "unit"),
                    job("build", needs("lint"), "compile", "package"),
                    job("deploy", needs("test", "build"), "deploy")));

    static final Workflow NIGHTLY = new Workflow(
            "nightly",
            List.of(
                    job("seed", needs(), "fixtures"),
                    job("shard-1", needs("seed"), "integration"),
                    job("shard-2", needs("seed"), "integration"),
                    job("shard-3", needs("seed"), "integration"),
                    job("report", needs("shard-1", "shard-2", "shard-3"), "collect", "publish")));

    private static final List<Workflow> PUSHED = List.of(
            CI,
            CI,
            new Workflow("docs", List.of(job("site", needs(), "render"))),
            new Workflow(
                    "flaky",
                    List.of(
                            job("unit", needs(), "unit"),
                            job("integration", needs("unit"), "start-db", "integration"),
                            job("report", needs("integration"), "summary"))),
            new Workflow(
                    "veröffentlichung",
                    List.of(
                            job("bauen", needs(), "übersetzen", "paketieren"),
                            job("署名", needs("bauen"), "署名する"),
                            job("publish", needs("署名"), "upload ✓"))));

    /** One of those that a push can start. */
    static Workflow pushed(RandomGenerator random) {
        return PUSHED.get(random.nextInt(PUSHED.size()));
    }

    private static Job job(String name, List<String> needs, String... steps) {
        return new Job(name, needs, List.of(steps));
    }

    private static List<String> needs(String... names) {
        return List.of(names);
    }
}
