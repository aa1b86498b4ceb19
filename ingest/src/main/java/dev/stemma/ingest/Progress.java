package dev.stemma.ingest;

import java.time.Duration;
import java.util.Optional;

/**
 * How far an index run has come.
 *
 * @param files regular files done
 * @param bytes of them, holes counted
 * @param takenOverBytes of these, what was not read because an indexed parent has it
 * @param totalBytes expected in all, from what the file systems say is in use; 0 while unknown. An estimate: more may come
 * @param bytesPerSecond since reading began
 * @param timeLeft estimate for reading what is left; empty while unknown
 */
public record Progress(
        Stage stage,
        long files,
        long bytes,
        long takenOverBytes,
        long totalBytes,
        long bytesPerSecond,
        Optional<Duration> timeLeft) {}
