package dev.stemma.api.job;

/** Which jobs wait for each other: those of one lane are begun in the order they came, and so many of them are done side by side. */
public enum Lane {
    /** Reads images into the graph; one uses all cores by itself. */
    INDEX(1),
    /** Reads images into the content store too; each takes up to 256 MiB of the service's memory, so no more of them. */
    CHECK_IN(2),
    /** Writes files: of versions, clones, copies. */
    CHECK_OUT(2),
    /** Reads or clears up all of the content store; one would get into the other's way. */
    UPKEEP(1);

    private final int width;

    Lane(int width) {
        this.width = width;
    }

    /** How many of its jobs are done side by side. */
    public int width() {
        return width;
    }

    static Lane of(JobRequest request) {
        return switch (request) {
            case IndexRequest _ -> INDEX;
            case CheckInRequest _ -> CHECK_IN;
            case CheckOutRequest _, CloneRequest _, CopyRequest _ -> CHECK_OUT;
            case VerifyRequest _, CollectRequest _ -> UPKEEP;
        };
    }
}
