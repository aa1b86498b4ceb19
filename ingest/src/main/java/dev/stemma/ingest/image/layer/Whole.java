package dev.stemma.ingest.image.layer;

import dev.stemma.ingest.bytes.ByteSource;

/**
 * A disk that lies in one piece: raw, a fixed VHD without its footer, a flat extent.
 *
 * @param file the piece itself
 */
public record Whole(ByteSource file) implements Layer {

    @Override
    public long virtualBytes() {
        return file.sizeBytes();
    }

    @Override
    public Run run(long offsetBytes) {
        return new Run.Stored(file, offsetBytes, file.sizeBytes() - offsetBytes);
    }
}
