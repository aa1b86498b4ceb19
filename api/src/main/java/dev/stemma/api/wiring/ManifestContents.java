package dev.stemma.api.wiring;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.manifest.ManifestReader;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.queries.similarity.FileContents;
import java.io.IOException;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The contents of an inventory's files, read from its manifest. */
final class ManifestContents implements FileContents {

    private static final Logger LOG = LoggerFactory.getLogger(ManifestContents.class);

    private final ManifestStore manifests;

    ManifestContents(ManifestStore manifests) {
        this.manifests = manifests;
    }

    @Override
    public boolean each(Digest manifest, ObjLongConsumer<Digest> contents) {
        try (ManifestReader reader = manifests.open(manifest)) {
            reader.contents(contents);
            return true;
        } catch (IOException e) {
            LOG.warn("the graph is asked for the files that the manifest {} lists", manifest.hex(), e);
            return false;
        }
    }
}
