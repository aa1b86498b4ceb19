package dev.stemma.queries.lineage;

import dev.stemma.graph.store.Row;
import java.util.List;
import java.util.Optional;

/**
 * Where an image stands among the version chains: it is a version, or a branch of one.
 *
 * @param chain name of the chain
 * @param version number of the version in it, {@code 1.2}
 * @param branch number of the branch, 3 for {@code 1.2.3}; empty for the version itself
 * @param channels that point to the version, by name, at most 50; empty for a branch
 */
public record Place(String chain, String version, Optional<Long> branch, List<String> channels) {

    public Place {
        channels = List.copyOf(channels);
    }

    /** As people write it: {@code web:1.2} or {@code web:1.2.3}. */
    public String reference() {
        return chain + ":" + version + branch.map(number -> "." + number).orElse("");
    }

    /** From a row with the columns chain, number, branchChain, branchVersion, branchNumber, channels. */
    static Optional<Place> of(Row row) {
        return row.findText("chain")
                .map(chain -> new Place(chain, row.text("number"), Optional.empty(), row.texts("channels")))
                .or(() -> row.findText("branchChain")
                        .map(chain -> new Place(
                                chain, row.text("branchVersion"), Optional.of(row.number("branchNumber")), List.of())));
    }
}
