package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.manifest.ManifestStore;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a manifest says of a tree, to be held against other listings. */
final class ManifestListing {

    private ManifestListing() {}

    static SortedMap<String, Listed> of(ManifestStore manifests, Digest manifest) throws IOException {
        SortedMap<String, Listed> listing = new TreeMap<>();
        try (Stream<Entry> entries = manifests.entries(manifest)) {
            entries.filter(entry -> entry.path().depth() > 0)
                    .forEach(entry -> listing.put(entry.path().escaped(), listed(entry)));
        }
        return listing;
    }

    private static Listed listed(Entry entry) {
        Map<String, String> xattrs = new TreeMap<>();
        entry.attributes()
                .xattrs()
                .forEach((name, value) ->
                        xattrs.put(name.escaped(), HexFormat.of().formatHex(value.bytes())));
        Payload payload = entry.payload();
        String content =
                switch (payload) {
                    case Payload.File file -> file.digest().map(Digest::hex).orElse("unread");
                    case Payload.Link link -> link.target().escaped();
                    case Payload.Device device -> device.major() + ":" + device.minor();
                    case Payload.Directory _, Payload.Pipe _, Payload.Socket _ -> "";
                };
        return new Listed(
                payload.kind(),
                payload instanceof Payload.File file ? file.sizeBytes() : 0,
                Integer.toOctalString(entry.attributes().mode()),
                entry.attributes().uid(),
                entry.attributes().gid(),
                entry.attributes().times().modified().getEpochSecond(),
                payload instanceof Payload.Directory ? 0 : entry.attributes().links(),
                content,
                xattrs);
    }
}
