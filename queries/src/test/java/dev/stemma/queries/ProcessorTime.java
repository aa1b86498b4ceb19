package dev.stemma.queries;

import java.time.Duration;
import java.util.stream.Stream;

/** Processor time of this process and of the Neo4j that it started: says more than the clock on a loaded machine. */
public final class ProcessorTime {

    private ProcessorTime() {}

    /** All that they took so far. */
    public static Duration now() {
        return Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
