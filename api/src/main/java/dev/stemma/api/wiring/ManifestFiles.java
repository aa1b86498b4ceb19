package dev.stemma.api.wiring;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.manifest.ManifestLine;
import dev.stemma.ingest.manifest.ManifestReader;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.text.KeptText;
import dev.stemma.ingest.text.TextStore;
import dev.stemma.queries.inference.GuestFileSource;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files with their times and inodes, read from manifests, and the kept texts of logs. */
final class ManifestFiles implements GuestFileSource {

    private static final Logger LOG = LoggerFactory.getLogger(ManifestFiles.class);
    private static final long NANOS = 1_000_000_000L;

    private final ManifestStore manifests;
    private final TextStore texts;

    ManifestFiles(ManifestStore manifests, TextStore texts) {
        this.manifests = manifests;
        this.texts = texts;
    }

    @Override
    public boolean each(Digest manifest, Visitor visitor) {
        try (ManifestReader reader = manifests.open(manifest)) {
            for (Optional<ManifestLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                if (line.get() instanceof ManifestLine.Item(Entry entry)
                        && entry.payload() instanceof Payload.File file
                        && file.digest().isPresent()) {
                    visitor.file(
                            entry.path().escaped(),
                            file.digest().get(),
                            entry.attributes().inode(),
                            nanoseconds(entry.attributes().times().modified()));
                }
            }
            return true;
        } catch (IOException e) {
            LOG.warn("the files that the manifest {} lists cannot be compared", manifest.hex(), e);
            return false;
        }
    }

    /** Kept within what 64 bits hold: a guest may say any time. */
    private static long nanoseconds(Instant time) {
        long seconds = Math.clamp(time.getEpochSecond(), Long.MIN_VALUE / NANOS + 1, Long.MAX_VALUE / NANOS - 1);
        return seconds * NANOS + time.getNano();
    }

    @Override
    public Optional<String> text(Digest content) {
        try {
            return texts.find(content).flatMap(kept -> switch (kept) {
                case KeptText.Text text -> Optional.of(text.text());
                case KeptText.Binary _ -> Optional.empty();
            });
        } catch (IOException e) {
            LOG.warn("the text kept of {} cannot be read", content.hex(), e);
            return Optional.empty();
        }
    }
}
