package dev.stemma.ingest.reference.nbd;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests of one connection, each carried out before the next is looked at. Used by one thread. */
final class Transmission {

    private static final Logger LOG = LoggerFactory.getLogger(Transmission.class);

    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int DISCONNECT = 2;
    private static final int FLUSH = 3;
    private static final int TRIM = 4;
    private static final int WRITE_ZEROES = 6;
    private static final int BLOCK_STATUS = 7;

    private static final int FUA = 1;
    private static final int NO_HOLE = 2;
    private static final int DF = 4;
    private static final int REQ_ONE = 8;

    /** Most stretches that one answer tells. */
    private static final int MAX_STATUS = 4_096;

    /** Sent as zeros: a chunk of its own would cost as much. */
    private static final int MIN_HOLE_BYTES = 16 << 10;

    private final SocketChannel channel;
    private final ByteSource disk;
    private final Optional<Overlay> overlay;
    private final ExportHandshake.Agreed agreed;
    private final Replies replies;

    private record Request(int flags, int type, long offsetBytes, long lengthBytes) {}

    Transmission(
            SocketChannel channel,
            ByteSource disk,
            Optional<Overlay> overlay,
            Replies replies,
            ExportHandshake.Agreed agreed) {
        this.channel = channel;
        this.disk = disk;
        this.overlay = overlay;
        this.replies = replies;
        this.agreed = agreed;
    }

    /**
     * Until the client says that it is done, or goes.
     *
     * @throws ProtocolException when it talks nonsense
     */
    void run() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(28);
        while (true) {
            head.clear();
            if (channel.read(head) < 0) {
                return; // Between two requests it may go without a word.
            }
            Wire.receive(channel, head);
            if (head.getInt() != Wire.REQUEST_MAGIC) {
                throw new ProtocolException("the client sent no request where one was to be");
            }
            int flags = Short.toUnsignedInt(head.getShort());
            int type = Short.toUnsignedInt(head.getShort());
            replies.to(head.getLong());
            Request request = new Request(flags, type, head.getLong(), Integer.toUnsignedLong(head.getInt()));
            if (type == DISCONNECT) {
                return;
            }
            carryOut(request);
        }
    }

    private void carryOut(Request request) throws IOException {
        if (request.type() == WRITE) {
            write(request);
        } else if ((request.flags() & ~allowedFlags(request.type())) != 0) {
            replies.error(Wire.EINVAL, "flags " + request.flags() + " with command " + request.type());
        } else {
            switch (request.type()) {
                case READ -> read(request);
                case FLUSH -> flush();
                case TRIM, WRITE_ZEROES -> zero(request);
                case BLOCK_STATUS -> status(request);
                default -> replies.error(Wire.EINVAL, "command " + request.type() + " is not known here");
            }
        }
    }

    /** The medium of an overlay ends with the export, so "on the medium" is true at once. */
    private int allowedFlags(int type) {
        return switch (type) {
            case READ -> FUA | DF;
            case WRITE_ZEROES -> FUA | NO_HOLE;
            case BLOCK_STATUS -> FUA | REQ_ONE;
            default -> FUA;
        };
    }

    private boolean within(Request request) {
        return request.offsetBytes() >= 0 && request.offsetBytes() <= disk.sizeBytes() - request.lengthBytes();
    }

    private void read(Request request) throws IOException {
        if (!within(request) || request.lengthBytes() > Wire.MAX_PAYLOAD_BYTES) {
            replies.error(Wire.EINVAL, "cannot read " + request.lengthBytes() + " bytes at " + request.offsetBytes());
        } else if ((request.flags() & DF) != 0 && request.lengthBytes() > Replies.PIECE_BYTES) {
            replies.error(Wire.EOVERFLOW, "more than " + Replies.PIECE_BYTES + " bytes come in pieces only");
        } else if (!agreed.structured()) {
            readSimply(request);
        } else if (request.lengthBytes() == 0) {
            replies.done();
        } else {
            readInChunks(request);
        }
    }

    private void readInChunks(Request request) throws IOException {
        long end = request.offsetBytes() + request.lengthBytes();
        boolean whole = (request.flags() & DF) != 0;
        try {
            for (long at = request.offsetBytes(); at < end; ) {
                ByteSource.Extent next = whole ? new ByteSource.Extent(at, end - at, false) : next(at, end);
                int length =
                        (int) (next.hole() ? next.lengthBytes() : Math.min(next.lengthBytes(), Replies.PIECE_BYTES));
                boolean last = at + length == end;
                if (next.hole()) {
                    replies.hole(at, length, last);
                } else {
                    disk.read(at, replies.piece(length));
                    replies.data(at, length, last);
                }
                at += length;
            }
        } catch (ImageProblem e) {
            LOG.warn("An export cannot be read: {}", e.getMessage());
            replies.error(Wire.EIO, e.getMessage());
        }
    }

    /** A hole that is worth a chunk, or all before the next such hole. */
    private ByteSource.Extent next(long at, long end) throws ImageProblem {
        long look = Math.min(end, at + Replies.PIECE_BYTES);
        long data = at;
        for (ByteSource.Extent extent : disk.extents(at, look - at)) {
            long until = extent.offsetBytes() + extent.lengthBytes();
            if (extent.hole() && (extent.lengthBytes() >= MIN_HOLE_BYTES || until == end)) {
                return data == at
                        ? new ByteSource.Extent(at, until - at, true)
                        : new ByteSource.Extent(at, data - at, false);
            }
            data = until;
        }
        return new ByteSource.Extent(at, look - at, false);
    }

    /** An error that is found after the first piece can be told by going only. */
    private void readSimply(Request request) throws IOException {
        long end = request.offsetBytes() + request.lengthBytes();
        long at = request.offsetBytes();
        try {
            do {
                int length = (int) Math.min(Replies.PIECE_BYTES, end - at);
                disk.read(at, replies.piece(length));
                if (at == request.offsetBytes()) {
                    replies.simpleData();
                }
                replies.raw(length);
                at += length;
            } while (at < end);
        } catch (ImageProblem e) {
            LOG.warn("An export cannot be read: {}", e.getMessage());
            if (at > request.offsetBytes()) {
                throw new IOException("a read failed after its first piece", e);
            }
            replies.error(Wire.EIO, e.getMessage());
        }
    }

    private void write(Request request) throws IOException {
        if (request.lengthBytes() > Wire.MAX_PAYLOAD_BYTES) {
            throw new ProtocolException("the client writes " + request.lengthBytes() + " bytes at once");
        }
        boolean possible = overlay.isPresent() && within(request) && (request.flags() & ~FUA) == 0;
        boolean full = false;
        for (long at = 0; at < request.lengthBytes(); at += Replies.PIECE_BYTES) {
            // Received in any case: what follows is the next request.
            int length = (int) Math.min(Replies.PIECE_BYTES, request.lengthBytes() - at);
            ByteBuffer piece = Wire.receive(channel, replies.piece(length).asByteBuffer());
            full = full || (possible && !overlay.get().write(request.offsetBytes() + at, piece));
        }
        if (possible && !full) {
            replies.done();
        } else if (full) {
            replies.error(Wire.ENOSPC, "the export's overlay is full");
        } else {
            refuseChange(request);
        }
    }

    private void refuseChange(Request request) throws IOException {
        if (overlay.isEmpty()) {
            replies.error(Wire.EPERM, "the export is read-only");
        } else if (!within(request)) {
            replies.error(Wire.ENOSPC, "byte " + request.offsetBytes() + " and " + request.lengthBytes() + " more");
        } else {
            replies.error(Wire.EINVAL, "flags " + request.flags() + " with a write");
        }
    }

    private void flush() throws IOException {
        // What was written lives as long as the export, and no failure of power outlives that.
        replies.done();
    }

    private void zero(Request request) throws IOException {
        if (overlay.isEmpty() || !within(request)) {
            refuseChange(request);
        } else if (overlay.get().zero(request.offsetBytes(), request.lengthBytes())) {
            replies.done();
        } else {
            replies.error(Wire.ENOSPC, "the export's overlay is full");
        }
    }

    private void status(Request request) throws IOException {
        if (!agreed.tellsHoles() || !within(request) || request.lengthBytes() == 0) {
            replies.error(Wire.EINVAL, "no status of " + request.lengthBytes() + " bytes at " + request.offsetBytes());
            return;
        }
        try {
            Status status = new Status((request.flags() & REQ_ONE) != 0 ? 1 : MAX_STATUS);
            status.tell(disk, request.offsetBytes(), request.offsetBytes() + request.lengthBytes());
            replies.status(status);
        } catch (ImageProblem e) {
            LOG.warn("An export cannot be read: {}", e.getMessage());
            replies.error(Wire.EIO, e.getMessage());
        }
    }
}
