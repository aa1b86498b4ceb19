package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The packs that a store should have, beside them, so that one that is gone is named and not only missed. It may know fewer than there are, never more: a pack is listed
 * after it is durable, and is no longer listed before it is removed. Safe for use by several threads.
 */
final class PackList {

    private static final String FIRST = "stemma-packs 1";

    /** For some four million packs. */
    private static final int MAX_BYTES = 1 << 28;

    private final BlobStore blobs;
    private final PackTable packs;
    private final DamagedPacks damaged;

    /**
     * @param packs that are there
     * @param damaged that should be
     */
    PackList(BlobStore blobs, PackTable packs, DamagedPacks damaged) {
        this.blobs = blobs;
        this.packs = packs;
        this.damaged = damaged;
    }

    /** Adds to the damaged what is listed and in neither; once, when all that is there is known. */
    void findMissing() throws IOException {
        Set<Digest> listed = read().orElse(Set.of());
        Set<Digest> lost = new HashSet<>(listed);
        lost.removeAll(known());
        lost.forEach(name -> damaged.add(name, blobs.where() + "/" + BlobName.Kind.PACK.of(name) + " is gone"));
        if (!known().equals(listed)) {
            writeIfPossible();
        }
    }

    private Set<Digest> known() {
        Set<Digest> known = new HashSet<>(packs.names());
        known.addAll(damaged.names());
        return known;
    }

    /** A medium that is full, or may only be read, keeps nobody from what there is: the list knows fewer packs then. */
    private void writeIfPossible() throws IOException {
        try {
            write();
        } catch (StoreInUseException | StoreUnreachableException e) {
            throw e;
        } catch (IOException e) {
            return;
        }
    }

    /** Removes packs that are in neither any more. */
    synchronized void delete(List<BlobName> gone) throws IOException {
        boolean listed = true;
        try {
            write();
        } catch (StoreInUseException | StoreUnreachableException e) {
            throw e;
        } catch (IOException e) {
            // No place for it: then it must not tell of what goes.
            drop();
            listed = false;
        }
        blobs.delete(gone);
        if (!listed) {
            writeIfPossible();
        }
    }

    /** What it lists; empty when there is no list, or what there is of it is not whole. */
    private Optional<Set<Digest>> read() throws IOException {
        try {
            return parse(new String(blobs.read(BlobName.PACKS, MAX_BYTES), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException | DamagedStoreException e) {
            return Optional.empty();
        }
    }

    private static Optional<Set<Digest>> parse(String text) {
        List<String> lines = text.lines().toList();
        int last = lines.size() - 1;
        if (last < 1 || !lines.getFirst().equals(FIRST) || !text.equals(text(lines.subList(1, last)))) {
            return Optional.empty();
        }
        Set<Digest> packs = new HashSet<>();
        for (String line : lines.subList(1, last)) {
            packs.add(Digest.parse(line));
        }
        return Optional.of(packs);
    }

    private static String text(List<String> packs) {
        String names = FIRST + "\n" + String.join("\n", packs) + (packs.isEmpty() ? "" : "\n");
        return names + "end "
                + Digest.sha256(names.getBytes(StandardCharsets.ISO_8859_1)).hex() + "\n";
    }

    /** From now on it lists all that are there and should be, durably. */
    synchronized void write() throws IOException {
        List<String> names = new TreeSet<>(known()).stream().map(Digest::hex).toList();
        Path file = Files.createTempFile(blobs.temporary(), "packs-", ".tmp");
        try {
            Files.writeString(
                    file, text(names), StandardCharsets.ISO_8859_1, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            blobs.replace(file, BlobName.PACKS);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Lists nothing any more: what is not known is not told, and a medium that is full has place for this. */
    private void drop() throws IOException {
        try {
            blobs.delete(List.of(BlobName.PACKS));
        } catch (NoSuchFileException e) {
            // There was none.
            return;
        }
    }
}
