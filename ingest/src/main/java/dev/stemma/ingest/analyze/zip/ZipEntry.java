package dev.stemma.ingest.analyze.zip;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unsupported;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A file in a ZIP archive, as the directory has it; nothing of this is trusted when its bytes are read.
 *
 * @param method 0 stored, 8 deflated
 * @param packedBytes as it lies in the archive
 * @param sizeBytes as the directory claims
 * @param offsetBytes of its local header
 */
public record ZipEntry(String name, int method, boolean encrypted, long packedBytes, long sizeBytes, long offsetBytes) {

    private static final int LOCAL_BYTES = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int PIECE_BYTES = 32 << 10;

    /** More than this much larger than packed is a bomb, once it is {@link #HARMLESS_BYTES} long; real classes reach 20. */
    private static final long MAX_RATIO = 200;

    private static final int HARMLESS_BYTES = 1 << 20;

    /** Whether its bytes lie in the archive as they are, so that {@link #stored} can give them. */
    public boolean isStored() {
        return method == STORED;
    }

    /** Its bytes where they lie in the archive. */
    public ByteSource stored(ByteSource archive) throws ImageProblem {
        return packed(archive);
    }

    /**
     * The first bytes, unpacked.
     *
     * @throws OverBudget never for being longer; {@code size-limit} when it expands beyond measure
     */
    public byte[] start(ByteSource archive, int maxBytes) throws ImageProblem {
        return expand(archive, maxBytes, false);
    }

    /**
     * All bytes, unpacked.
     *
     * @throws OverBudget {@code size-limit} when there are more, or it expands beyond measure
     */
    public byte[] whole(ByteSource archive, int maxBytes) throws ImageProblem {
        return expand(archive, maxBytes, true);
    }

    private ByteSource packed(ByteSource archive) throws ImageProblem {
        if (encrypted) {
            throw new Unsupported("encrypted", archive.origin(), "holds an encrypted file");
        }
        Fields local = Fields.read(archive, "local header", offsetBytes, LOCAL_BYTES, ByteOrder.LITTLE_ENDIAN);
        if (!local.has(0, (byte) 'P', (byte) 'K', (byte) 3, (byte) 4)) {
            throw new Corrupt("bad-magic", local.origin(), "is none at byte " + offsetBytes);
        }
        long start = offsetBytes + LOCAL_BYTES + local.u16(26) + local.u16(28);
        return archive.slice("entry", start, packedBytes);
    }

    private byte[] expand(ByteSource archive, int maxBytes, boolean all) throws ImageProblem {
        ByteSource packed = packed(archive);
        return switch (method) {
            case STORED -> copy(packed, maxBytes, all);
            case DEFLATED -> inflate(packed, maxBytes, all);
            default -> throw new Unsupported("unsupported-feature", packed.origin(), "is packed by method " + method);
        };
    }

    private static byte[] copy(ByteSource packed, int maxBytes, boolean all) throws ImageProblem {
        if (all && packed.sizeBytes() > maxBytes) {
            throw tooLarge(packed.origin(), maxBytes);
        }
        byte[] bytes = new byte[(int) Math.min(maxBytes, packed.sizeBytes())];
        packed.read(0, MemorySegment.ofArray(bytes));
        return bytes;
    }

    private static byte[] inflate(ByteSource packed, int maxBytes, boolean all) throws ImageProblem {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE_BYTES];
        long read = 0;
        try (Inflater inflater = new Inflater(true)) {
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    long left = packed.sizeBytes() - read;
                    if (left < 0) {
                        throw new Corrupt("truncated", packed.origin(), "ends within its compressed data");
                    }
                    // At the end one byte more than there is: raw deflate may need it to see its own end.
                    byte[] input = new byte[(int) Math.max(1, Math.min(PIECE_BYTES, left))];
                    packed.read(read, MemorySegment.ofArray(input).asSlice(0, Math.min(input.length, left)));
                    read += input.length;
                    inflater.setInput(input);
                }
                int count = inflater.inflate(piece);
                if (count == 0 && inflater.needsDictionary()) {
                    throw new Corrupt("bad-value", packed.origin(), "wants a dictionary");
                }
                out.write(piece, 0, count);
                if (out.size() > maxBytes) {
                    if (all) {
                        throw tooLarge(packed.origin(), maxBytes);
                    }
                    return java.util.Arrays.copyOf(out.toByteArray(), maxBytes);
                }
                if (out.size() > HARMLESS_BYTES && out.size() / MAX_RATIO > Math.max(1, inflater.getBytesRead())) {
                    throw new OverBudget(
                            "size-limit", packed.origin(), "expands to more than " + MAX_RATIO + " times its size");
                }
            }
        } catch (DataFormatException e) {
            throw new Corrupt("bad-value", packed.origin(), "is not deflated data", null, e);
        }
        return out.toByteArray();
    }

    private static OverBudget tooLarge(Origin origin, int maxBytes) {
        return new OverBudget("size-limit", origin, "has more than " + maxBytes + " bytes");
    }
}
