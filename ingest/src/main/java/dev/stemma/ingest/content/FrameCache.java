package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What frames hold, lately read ones, bounded in bytes. A frame is lent, and while it is nothing becomes of it; the memory of one that nobody has any more and that others
 * pushed out is taken for the next, since two megabytes of fresh memory for each frame took a tenth of a check-out. Who wants a frame that another thread reads just now waits for it.
 * Safe for use by several threads.
 */
final class FrameCache {

    /** Neighbours in a pack were neighbours on a disk, so a few dozen frames serve an image that is read forward. */
    static final long MAX_BYTES = 48L << 20;

    private final long maxBytes;
    private final Map<Key, Frame> frames = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private record Key(Digest pack, int number) {}

    /** A frame, read or about to be. */
    private static final class Frame {
        private final Key key;
        private int borrowers;
        private byte @Nullable [] bytes;

        Frame(Key key) {
            this.key = key;
        }
    }

    FrameCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** A frame that is the borrower's to look at until it is closed. Nobody changes it. */
    final class Lent implements AutoCloseable {
        private final Frame frame;
        private final byte[] bytes;

        private Lent(Frame frame, byte[] bytes) {
            this.frame = frame;
            this.bytes = bytes;
        }

        /** What it holds, from the array's start; the array may be longer. */
        byte[] bytes() {
            return bytes;
        }

        @Override
        public void close() {
            takeBack(frame);
        }
    }

    /**
     * Lends a frame, which is read if it is not at hand; close it once.
     *
     * @throws java.nio.file.NoSuchFileException when the pack is gone from where it lay
     * @throws DamagedStoreException when it is damaged
     */
    Lent lend(Pack pack, int number) throws IOException {
        Frame frame = borrow(new Key(pack.name(), number));
        boolean lent = false;
        try {
            Lent it = new Lent(frame, read(frame, pack, number));
            lent = true;
            return it;
        } finally {
            if (!lent) {
                takeBack(frame);
            }
        }
    }

    private byte[] read(Frame frame, Pack pack, int number) throws IOException {
        synchronized (frame) {
            byte[] held = frame.bytes;
            if (held != null) {
                return held;
            }
            byte[] room = room(pack.heldBytes(number));
            boolean read = false;
            try {
                pack.frame(number, room);
                frame.bytes = room;
                read = true;
                return room;
            } finally {
                if (!read) {
                    forget(room);
                }
            }
        }
    }

    private synchronized Frame borrow(Key key) {
        Frame frame = frames.computeIfAbsent(key, Frame::new);
        frame.borrowers++;
        return frame;
    }

    private synchronized void takeBack(Frame frame) {
        frame.borrowers--;
        if (frame.borrowers == 0 && frame.bytes == null) {
            frames.remove(frame.key);
        }
    }

    /** Room for a frame, for which those go that were not wanted for longest. Large ones all get the same, so that it serves any other. */
    private synchronized byte[] room(int heldBytes) {
        int length = heldBytes <= PackForm.FRAME_BYTES / 2 ? heldBytes : PackForm.MAX_FRAME_BYTES;
        var eldest = frames.values().iterator();
        while (bytes + length > maxBytes && eldest.hasNext()) {
            Frame old = eldest.next();
            byte[] room = old.bytes;
            if (old.borrowers == 0 && room != null) {
                eldest.remove();
                if (room.length == length) {
                    return room;
                }
                bytes -= room.length;
            }
        }
        bytes += length;
        return new byte[length];
    }

    private synchronized void forget(byte[] room) {
        bytes -= room.length;
    }
}
