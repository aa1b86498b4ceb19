package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What makes a content, or a part of one: chunks, or recipes of the next lower level, one behind the other.
 *
 * @param level 0 when the items are chunks
 * @param items at least one
 */
record Recipe(int level, List<Item> items) {

    /** Each level is at least 64 times shorter than the one below. */
    static final int MAX_LEVEL = 8;

    static final int MAX_ITEMS = 1_024;
    private static final int MIN_ITEMS = 64;

    Recipe {
        items = List.copyOf(items);
    }

    /**
     * A stretch of the content.
     *
     * @param lengthBytes more than 0
     * @param object what it is; empty for zeros
     */
    record Item(long lengthBytes, Optional<Digest> object) {
        /** Whether a node may end behind it: by what it is, so that long contents share the nodes that did not change. */
        boolean ends(int count) {
            return count >= MAX_ITEMS
                    || (count >= MIN_ITEMS
                            && object.map(digest -> (digest.d() & 0xff) == 0).orElse(false));
        }
    }

    long lengthBytes() {
        return items.stream().mapToLong(Item::lengthBytes).sum();
    }

    /** The kind of its items. */
    ObjectKind below() {
        return level == 0 ? ObjectKind.CHUNK : ObjectKind.NODE;
    }

    /** As a node, whose digest is its name. */
    byte[] node() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 + items.size() * 35);
        out.write(level);
        Varint.write(out, items.size());
        for (Item item : items) {
            Varint.write(out, item.lengthBytes() * 2 + (item.object().isEmpty() ? 1 : 0));
            item.object().ifPresent(digest -> out.writeBytes(digest.bytes()));
        }
        return out.toByteArray();
    }

    /** As a recipe, which carries its own check. */
    byte[] recipe() {
        byte[] node = node();
        byte[] all = Arrays.copyOf(node, node.length + Digest.LENGTH_BYTES);
        System.arraycopy(Digest.sha256(node).bytes(), 0, all, node.length, Digest.LENGTH_BYTES);
        return all;
    }

    /** @throws DamagedStoreException when the check does not hold */
    static Recipe parseRecipe(ObjectName name, byte[] bytes) throws IOException {
        int length = bytes.length - Digest.LENGTH_BYTES;
        if (length < 0
                || !Digest.sha256(Arrays.copyOf(bytes, length))
                        .equals(Digest.of(Arrays.copyOfRange(bytes, length, bytes.length)))) {
            throw new DamagedStoreException(name + " does not hold its own check");
        }
        return parseNode(name, Arrays.copyOf(bytes, length));
    }

    static Recipe parseNode(ObjectName name, byte[] bytes) throws IOException {
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(bytes);
            int level = in.read();
            long count = Varint.read(in);
            if (level < 0 || level > MAX_LEVEL || count < 1 || count > MAX_ITEMS) {
                throw new DamagedStoreException(name + " has level " + level + " and " + count + " items");
            }
            List<Item> items = new ArrayList<>((int) count);
            long total = 0;
            for (int i = 0; i < count; i++) {
                long head = Varint.read(in);
                long length = head >>> 1;
                byte[] digest = (head & 1) == 1 ? null : in.readNBytes(Digest.LENGTH_BYTES);
                if (length == 0 || (digest != null && digest.length < Digest.LENGTH_BYTES)) {
                    throw new DamagedStoreException(name + " has an item that is none");
                }
                total = Math.addExact(total, length);
                items.add(new Item(length, digest == null ? Optional.empty() : Optional.of(Digest.of(digest))));
            }
            if (in.available() > 0) {
                throw new DamagedStoreException(name + " has more than its items");
            }
            return new Recipe(level, items);
        } catch (java.io.EOFException | ArithmeticException e) {
            throw new DamagedStoreException(name + " is no recipe", e);
        }
    }
}
