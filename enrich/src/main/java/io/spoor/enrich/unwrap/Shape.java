package io.spoor.enrich.unwrap;

/** What a line was wrapped in; with several wrappers, the outermost. */
public enum Shape {
    PLAIN("plain"),
    FLUENT_BIT("fluent-bit"),
    VECTOR("vector"),
    FILEBEAT("filebeat"),
    LOGSTASH("logstash"),
    ECS("ecs"),
    DOCKER("docker"),
    CRI("cri"),
    JOURNALD("journald"),
    LOKI("loki"),
    OTLP("otlp");

    private final String label;

    Shape(String label) {
        this.label = label;
    }

    /** As {@code spoor.via} says it. */
    public String label() {
        return label;
    }
}
