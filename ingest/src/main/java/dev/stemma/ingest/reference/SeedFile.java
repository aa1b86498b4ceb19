package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.bytes.HostFile;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An open seed: what it may have, and how it gets into a target. For any thread; closed by who opened it. */
final class SeedFile implements AutoCloseable {

    private final FileSource source;
    private final Descriptor descriptor;
    private final Optional<RunIndex> index;
    private volatile boolean shares = true;

    /** A stretch of the seed and its place in the target. */
    record Copy(long from, long to, long lengthBytes) {
        long end() {
            return to + lengthBytes;
        }

        boolean goesOn(Copy next) {
            return end() == next.to && from + lengthBytes == next.from;
        }

        Copy longer(long moreBytes) {
            return new Copy(from, to, lengthBytes + moreBytes);
        }
    }

    private SeedFile(FileSource source, Descriptor descriptor, Optional<RunIndex> index) {
        this.source = source;
        this.descriptor = descriptor;
        this.index = index;
    }

    /** Opens a seed; throws as {@link HostFile#open} when that cannot be. */
    static SeedFile open(ContentStore store, Seed seed) throws ImageProblem, IOException {
        Origin origin = Origin.of(String.valueOf(seed.file().getFileName()));
        HostFile file = HostFile.open(seed.file(), origin, _ -> {});
        try {
            Optional<RunIndex> index = seed.version().isPresent()
                    ? Optional.of(RunIndex.of(store, seed.version().get()))
                    : Optional.empty();
            return new SeedFile(FileSource.of(file), Descriptor.reading(file.pinnedPath()), index);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Where the seed may have a run, or some of it; empty when it does not. */
    List<Copy> find(RunSlice run, Digest content) {
        if (index.isEmpty()) {
            return run.end() <= source.sizeBytes()
                    ? List.of(new Copy(run.at(), run.at(), run.lengthBytes()))
                    : List.of();
        }
        RunIndex known = index.get();
        List<Copy> copies = new ArrayList<>(1);
        long start = Wanted.offset(run);
        for (long done = 0; done < run.lengthBytes(); ) {
            long to = run.at() + done;
            Optional<RunIndex.Found> found = known.find(content, start + done, to);
            if (found.isPresent()) {
                long length = Math.min(found.get().lengthBytes(), run.lengthBytes() - done);
                copies.add(new Copy(found.get().diskBytes(), to, length));
                done += length;
            } else {
                // What the seed's disk does not have of a file may be a hole of it.
                done = Math.min(run.lengthBytes(), known.next(content, start + done) - start);
            }
        }
        return copies;
    }

    /**
     * Brings a stretch into the target, as far as the seed has it; whether it is right is for others to say.
     *
     * @param buffer for the way
     * @return the part of the target that is shared with the seed now; of length 0 when none is
     */
    Copy bring(Copy copy, TargetFile target, ByteBuffer buffer) throws ImageProblem, IOException {
        Copy shared = share(copy, target);
        copy(copy.from(), copy.to(), shared.to() - copy.to(), target, buffer);
        copy(shared.from() + shared.lengthBytes(), shared.end(), copy.end() - shared.end(), target, buffer);
        return shared;
    }

    private Copy share(Copy copy, TargetFile target) throws IOException {
        Copy none = new Copy(copy.from(), copy.to(), 0);
        if (!shares) {
            return none;
        }
        long block = target.blockBytes();
        long skip = Math.floorMod(-copy.to(), block);
        long length = (copy.lengthBytes() - skip) / block * block;
        if (length <= 0 || (copy.from() + skip) % block != 0) {
            return none;
        }
        Copy aligned = new Copy(copy.from() + skip, copy.to() + skip, length);
        return switch (target.descriptor().share(descriptor, aligned.from(), aligned.lengthBytes(), aligned.to())) {
            case YES -> aligned;
            case NOT_THIS -> none;
            case NEVER -> {
                shares = false;
                yield none;
            }
        };
    }

    private void copy(long from, long to, long lengthBytes, TargetFile target, ByteBuffer buffer)
            throws ImageProblem, IOException {
        for (long done = 0; done < lengthBytes; done += buffer.capacity()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), lengthBytes - done));
            if (!read(from + done, buffer)) {
                return;
            }
            target.checkBudget();
            target.write(buffer, to + done);
        }
    }

    /** What cannot be read, since the file got shorter or its medium is bad, the store has. */
    private boolean read(long from, ByteBuffer buffer) {
        try {
            source.read(from, MemorySegment.ofBuffer(buffer));
            return true;
        } catch (ImageProblem e) {
            return false;
        }
    }

    @Override
    public void close() {
        descriptor.close();
        source.close();
    }
}
