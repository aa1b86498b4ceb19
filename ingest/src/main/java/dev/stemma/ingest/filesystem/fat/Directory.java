package dev.stemma.ingest.filesystem.fat;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The names of one directory, the label of the volume if it has one, and where its {@code ..} leads.
 *
 * @param parent first cluster of the directory above, 0 for the root; empty when there is no {@code ..}
 */
record Directory(List<Name> names, Optional<String> label, OptionalLong parent) {

    /** Linux's limit and the format's: 65,536 slots. */
    private static final int MAX_BYTES = 2 << 20;

    /** A slot and the name that it goes by. */
    record Name(String text, Slot slot) {}

    static Directory root(BootSector volume, AllocationTable table, ByteSource source, Origin origin)
            throws ImageProblem {
        if (volume.bits() == 28) {
            return chain(volume.rootCluster(), volume, table, source, origin);
        }
        Builder builder = new Builder(origin);
        builder.add(source, volume.rootAt(), Math.min(volume.rootBytes(), MAX_BYTES));
        return builder.build(volume.bits());
    }

    static Directory chain(long cluster, BootSector volume, AllocationTable table, ByteSource source, Origin origin)
            throws ImageProblem {
        Builder builder = new Builder(origin);
        long[] bytes = {0};
        table.walk(cluster, origin, (first, count) -> {
            long length = (long) count * volume.clusterBytes();
            bytes[0] += length;
            if (bytes[0] > MAX_BYTES) {
                throw new Corrupt("bad-value", origin, "has more than " + MAX_BYTES + " bytes of names");
            }
            return builder.add(source, volume.at(first), (int) length);
        });
        return builder.build(volume.bits());
    }

    private static final class Builder {
        private final Origin origin;
        private final List<Name> names = new ArrayList<>();
        private final LongName pending = new LongName();
        private Optional<String> label = Optional.empty();
        private Optional<Slot> above = Optional.empty();

        Builder(Origin origin) {
            this.origin = origin;
        }

        /** Returns whether there may be more. */
        boolean add(ByteSource source, long at, int lengthBytes) throws ImageProblem {
            byte[] bytes = new byte[lengthBytes];
            source.read(at, MemorySegment.ofArray(bytes));
            Fields all = Fields.of(bytes, origin, ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i + Slot.LENGTH_BYTES <= lengthBytes; i += Slot.LENGTH_BYTES) {
                Slot slot = new Slot(all.part("slot", i, Slot.LENGTH_BYTES), (at + i) / Slot.LENGTH_BYTES);
                if (slot.end()) {
                    return false;
                }
                add(slot);
            }
            return true;
        }

        private void add(Slot slot) throws Corrupt {
            if (slot.deleted()) {
                pending.forget();
            } else if (slot.longName()) {
                pending.add(slot.fields());
            } else if (slot.label()) {
                pending.forget();
                String text = ShortName.label(slot.fields());
                label = label.or(() -> Optional.of(text));
            } else {
                String text = pending.take(slot.fields()).orElse(ShortName.of(slot.fields()));
                if (text.equals("..")) {
                    above = Optional.of(slot);
                } else if (!text.equals(".")) {
                    names.add(new Name(text, slot));
                }
            }
        }

        Directory build(int bits) throws Corrupt {
            OptionalLong parent =
                    above.isPresent() ? OptionalLong.of(above.get().cluster(bits)) : OptionalLong.empty();
            return new Directory(List.copyOf(names), label, parent);
        }
    }
}
