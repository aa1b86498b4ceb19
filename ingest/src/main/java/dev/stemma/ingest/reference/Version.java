package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Row;

/**
 * A version in its chain.
 *
 * @param imageId id of its image
 * @param content digest of its image manifest in the store
 * @param chain name of the chain
 * @param number {@code 1.2}
 * @param ordinal 2
 * @param format of the file that was checked in
 * @param virtualBytes size that a guest sees
 * @param collected whether its bytes were let go of
 */
public record Version(
        String imageId,
        Digest content,
        String chain,
        String number,
        long ordinal,
        VersionState state,
        String format,
        long virtualBytes,
        boolean collected) {

    static Version of(Row row) {
        return new Version(
                row.text("image"),
                Digest.parse(row.text("content")),
                row.text("chainName"),
                row.text("number"),
                row.number("ordinal"),
                VersionState.valueOf(row.text("state")),
                row.text("format"),
                row.number("virtualBytes"),
                row.flag("collected"));
    }

    /** As people write it: {@code web:1.2}. */
    public String reference() {
        return chain + ":" + number;
    }
}
