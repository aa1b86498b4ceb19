package dev.stemma.api.wiring;

import dev.stemma.api.job.JobProgress;
import org.jspecify.annotations.Nullable;

/** How fast work goes, and how long it may take on. */
final class Rate {

    private static final double FIRST_SECONDS = 0.5;

    private Rate() {}

    /** @param began by {@link System#nanoTime} */
    static JobProgress progress(String path, String stage, long bytes, long totalBytes, long began) {
        return new JobProgress(
                0,
                path,
                stage,
                0,
                bytes,
                0,
                totalBytes,
                perSecond(bytes, began),
                secondsLeft(bytes, totalBytes, began));
    }

    /** 0 as long as it is not known. */
    static long perSecond(long bytes, long began) {
        double seconds = (System.nanoTime() - began) / 1e9;
        return seconds < FIRST_SECONDS ? 0 : (long) (bytes / seconds);
    }

    static @Nullable Long secondsLeft(long bytes, long totalBytes, long began) {
        long rate = perSecond(bytes, began);
        return rate <= 0 || totalBytes < bytes ? null : (totalBytes - bytes) / rate;
    }
}
