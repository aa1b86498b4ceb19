package dev.stemma.api.job;

/** News of a job for whoever watches it. */
public sealed interface JobEvent {

    /** It changed; when it has ended this is the last event. */
    record Changed(Job job) implements JobEvent {}

    /** It came further. */
    record Progressed(JobProgress progress) implements JobEvent {}
}
