package dev.stemma.ingest.image.qcow2;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The header extensions: a list of type, length and content, padded to 8 bytes, up to a type of 0. */
record Qcow2Extensions(Optional<String> backingFormat) {

    private static final long END = 0;
    private static final long BACKING_FORMAT = 0xe2792acaL;
    private static final long EXTERNAL_DATA_NAME = 0x44415441L;
    private static final long ENCRYPTION = 0x0537be77L;
    private static final int MAX_FORMAT_BYTES = 15;
    private static final int MAX_EXTENSIONS = 64;

    static Qcow2Extensions read(ByteSource file, long headerBytes, long clusterBytes) throws ImageProblem {
        long end = Math.min(clusterBytes, file.sizeBytes());
        Optional<String> backingFormat = Optional.empty();
        long at = headerBytes;
        for (int i = 0; at + 8 <= end; i++) {
            Fields extension = Fields.read(file, "header extension " + (i + 1), at, 8, ByteOrder.BIG_ENDIAN);
            long type = extension.u32(0);
            long length = extension.u32(4);
            if (type == END) {
                break;
            }
            if (i >= MAX_EXTENSIONS || length > end - at - 8) {
                throw new Corrupt("bad-value", extension.origin(), "claims " + length + " bytes");
            }
            if (type == EXTERNAL_DATA_NAME) {
                throw new Unsupported(
                        "external-data-file",
                        extension.origin(),
                        "names another file for its data",
                        "Convert it into one file: qemu-img convert -O qcow2.");
            }
            if (type == ENCRYPTION) {
                throw new Unsupported(
                        "encrypted",
                        extension.origin(),
                        "the image is encrypted",
                        "Decrypt it into a copy with qemu-img convert, then index that.");
            }
            if (type == BACKING_FORMAT) {
                backingFormat = Optional.of(format(file, at + 8, length, extension));
            }
            at += 8 + ((length + 7) & ~7L);
        }
        return new Qcow2Extensions(backingFormat);
    }

    private static String format(ByteSource file, long at, long length, Fields extension) throws ImageProblem {
        if (length > MAX_FORMAT_BYTES) {
            throw new Corrupt("bad-value", extension.origin(), "claims a format name of " + length + " bytes");
        }
        Fields name = Fields.read(file, extension.origin().name(), at, length, ByteOrder.BIG_ENDIAN);
        String text = new String(name.bytes(0, length), StandardCharsets.ISO_8859_1);
        if (!text.chars().allMatch(c -> c == '_' || c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))) {
            throw new Corrupt("bad-value", extension.origin(), "names a format that is no word");
        }
        return text;
    }
}
