package dev.stemma.api.job;

import org.jspecify.annotations.Nullable;

/**
 * How far the path that is being worked on has come.
 *
 * @param index which path of the job, from 0
 * @param stage the step of the pipeline, in words
 * @param files files read so far
 * @param bytes bytes read so far
 * @param takenOverBytes of these, what was not read because an indexed parent has it
 * @param totalBytes bytes to read in all; 0 while unknown
 * @param bytesPerSecond since the path was begun
 * @param secondsLeft estimate; null while unknown
 * @param objects of the content store that were gone through in this stage; 0 for work on images
 * @param totalObjects to go through in this stage, about; 0 while unknown
 */
public record JobProgress(
        int index,
        String path,
        String stage,
        long files,
        long bytes,
        long takenOverBytes,
        long totalBytes,
        long bytesPerSecond,
        @Nullable Long secondsLeft,
        long objects,
        long totalObjects) {

    /** Of work that counts no objects. */
    public JobProgress(
            int index,
            String path,
            String stage,
            long files,
            long bytes,
            long takenOverBytes,
            long totalBytes,
            long bytesPerSecond,
            @Nullable Long secondsLeft) {
        this(index, path, stage, files, bytes, takenOverBytes, totalBytes, bytesPerSecond, secondsLeft, 0, 0);
    }
}
