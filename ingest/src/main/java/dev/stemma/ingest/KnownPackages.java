package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.emit.InventoryEmitter;
import dev.stemma.ingest.verify.Known;
import java.util.Map;
import java.util.Set;

/** What the graph says of package versions that were verified before. */
record KnownPackages(InventoryEmitter emitter) implements Known {

    @Override
    public Map<String, Digest> whole(Set<String> purls) {
        return emitter.whole(purls);
    }

    @Override
    public Map<String, Map<String, Digest>> contents(Set<String> purls) {
        return emitter.ownedContents(purls);
    }
}
