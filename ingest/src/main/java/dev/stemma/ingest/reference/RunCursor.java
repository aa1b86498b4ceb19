package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.content.StoredContent;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the runs of a disk manifest (format: {@code docs/formats/store.adoc}) from any place where one begins, and knows that place. Not
 * thread-safe; needs no closing.
 */
final class RunCursor {

    private static final byte[] MAGIC = {'s', 't', 'e', 'm', 'm', 'a', '-', 'd', 'i', 's', 'k', '/', '1', '\n'};

    private final StoredContent manifest;
    private final Digest name;
    private final byte[] piece;
    private long pieceBytes;
    private int at;
    private int filled;
    private long sizeBytes;
    private long diskBytes;

    private RunCursor(StoredContent manifest, Digest name, long manifestBytes, int aheadBytes) {
        this.manifest = manifest;
        this.name = name;
        this.pieceBytes = manifestBytes;
        this.piece = new byte[aheadBytes];
    }

    /**
     * Stands before the first run.
     *
     * @param name of the manifest, for messages
     * @param aheadBytes read at once, more than 0
     */
    static RunCursor first(StoredContent manifest, Digest name, int aheadBytes) throws IOException {
        RunCursor cursor = new RunCursor(manifest, name, 0, aheadBytes);
        if (!Arrays.equals(cursor.bytes(MAGIC.length), MAGIC)) {
            throw cursor.damaged("is no disk manifest of version 1");
        }
        cursor.sizeBytes = cursor.number();
        return cursor;
    }

    /** Stands before a run that a cursor stood before. */
    static RunCursor at(RunCursor seen, long manifestBytes, long diskBytes, int aheadBytes) {
        RunCursor cursor = new RunCursor(seen.manifest, seen.name, manifestBytes, aheadBytes);
        cursor.sizeBytes = seen.sizeBytes;
        cursor.diskBytes = diskBytes;
        return cursor;
    }

    /** Bytes of the disk. */
    long sizeBytes() {
        return sizeBytes;
    }

    /** Where the next run begins in the manifest. */
    long manifestBytes() {
        return pieceBytes + at;
    }

    /** Where the next run begins on the disk; the disk's size behind the last one. */
    long diskBytes() {
        return diskBytes;
    }

    /**
     * The next run; empty behind the last.
     *
     * @throws DamagedStoreException when there is none though the disk goes on, or the run goes beyond the disk
     */
    Optional<DiskRun> next() throws IOException {
        int letter = octet();
        if (letter == 'e') {
            if (diskBytes != sizeBytes || manifestBytes() != manifest.sizeBytes()) {
                throw damaged("ends at " + diskBytes + " of " + sizeBytes + " bytes");
            }
            return Optional.empty();
        }
        long length = number();
        if (length <= 0 || length > sizeBytes - diskBytes) {
            throw damaged("has a run of " + length + " bytes at " + diskBytes + " of " + sizeBytes);
        }
        DiskRun run =
                switch (letter) {
                    case 'z' -> new DiskRun.Zeros(length);
                    case 'f' -> new DiskRun.Part(length, Digest.of(bytes(Digest.LENGTH_BYTES)), number());
                    case 'd' -> new DiskRun.Data(length, Digest.of(bytes(Digest.LENGTH_BYTES)));
                    default -> throw damaged("has a run that is none: " + letter);
                };
        diskBytes += length;
        return Optional.of(run);
    }

    /** Seven bits a byte, the lowest first. */
    private long number() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged("has a number of more than 63 bits");
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            fill();
            int some = Math.min(length - done, filled - at);
            System.arraycopy(piece, at, bytes, done, some);
            at += some;
            done += some;
        }
        return bytes;
    }

    private int octet() throws IOException {
        fill();
        return piece[at++] & 0xff;
    }

    private void fill() throws IOException {
        if (at < filled) {
            return;
        }
        pieceBytes += filled;
        at = 0;
        filled = 0;
        long length = Math.min(piece.length, manifest.sizeBytes() - pieceBytes);
        if (length <= 0) {
            throw damaged("is cut off");
        }
        manifest.read(pieceBytes, length, new StoredContent.Sink() {
            @Override
            public void data(byte[] bytes, int offset, int lengthBytes) {
                System.arraycopy(bytes, offset, piece, filled, lengthBytes);
                filled += lengthBytes;
            }

            @Override
            public void zeros(long lengthBytes) {
                Arrays.fill(piece, filled, filled + (int) lengthBytes, (byte) 0);
                filled += (int) lengthBytes;
            }
        });
    }

    private DamagedStoreException damaged(String what) {
        return new DamagedStoreException("the disk manifest " + name + " " + what);
    }
}
