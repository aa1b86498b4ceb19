package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Images made of contents alone, one behind the other on one disk. */
final class StoredImages {

    private StoredImages() {}

    /** Stores the contents and an image of them; gives its name. */
    static Digest add(ContentStore store, List<byte[]> contents) throws IOException {
        try (StoreWriter writer = store.writer();
                ContentWriter content = writer.content()) {
            long size = contents.stream().mapToLong(bytes -> bytes.length).sum();
            List<DiskRun> runs = new ArrayList<>();
            for (byte[] bytes : contents) {
                content.data(bytes, 0, bytes.length);
                runs.add(new DiskRun.Part(bytes.length, content.end(), 0));
            }
            DiskManifestWriter disk = new DiskManifestWriter(content, size);
            for (DiskRun run : runs) {
                disk.add(run);
            }
            Digest manifest = disk.finish();
            content.finish();
            writer.commit();
            return store.roots().add(new ImageManifest(List.of(new ImageManifest.Disk(size, manifest))));
        }
    }
}
