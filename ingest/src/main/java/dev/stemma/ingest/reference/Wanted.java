package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.DiskRun;
import java.util.List;
import java.util.Optional;

/**
 * What is held against one digest together: a run of the disk, or all runs of a file that lies in several pieces.
 *
 * @param pieces in the order of the content, none over another, at least one
 */
record Wanted(List<RunSlice> pieces) {

    Wanted {
        pieces = List.copyOf(pieces);
    }

    static Wanted of(RunSlice run) {
        return new Wanted(List.of(run));
    }

    /** The content that it is, or is a part of; empty for zeros. */
    Optional<Digest> content() {
        return switch (pieces.getFirst().run()) {
            case DiskRun.Zeros _ -> Optional.empty();
            case DiskRun.Part part -> Optional.of(part.content());
            case DiskRun.Data data -> Optional.of(data.chunk());
        };
    }

    /** Where a piece begins in the content. */
    static long offset(RunSlice piece) {
        return piece.skipBytes() + (piece.run() instanceof DiskRun.Part part ? part.offsetBytes() : 0);
    }

    long lengthBytes() {
        return pieces.stream().mapToLong(RunSlice::lengthBytes).sum();
    }
}
