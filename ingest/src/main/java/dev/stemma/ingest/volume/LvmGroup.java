package dev.stemma.ingest.volume;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unsupported;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A volume group as one copy of its metadata describes it ({@code lib/format_text/import_vsn1.c}).
 *
 * @param number of the change that wrote the copy; the highest is the present state
 */
record LvmGroup(String name, String id, long number, LvmSection section) {

    private static final int SECTOR_BYTES = 512;
    private static final long MAX_EXTENTS = 1L << 40;
    private static final long MAX_EXTENT_SECTORS = 1L << 40;
    private static final int MAX_SEGMENTS = 65_536;
    private static final int MAX_STRIPES = 1_024;
    /** What LVM allows in names; anything else could be taken for a path. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.+][a-zA-Z0-9_.+-]{0,126}");

    /** Takes what is one group's from the text, which is the one section with an id. */
    static LvmGroup of(LvmSection root) throws Corrupt {
        for (Map.Entry<String, LvmSection> entry : root.sections().entrySet()) {
            LvmSection section = entry.getValue();
            if (!section.list("id").isEmpty()) {
                requireName(entry.getKey(), section);
                return new LvmGroup(
                        entry.getKey(), section.text("id"), section.number("seqno", Long.MAX_VALUE), section);
            }
        }
        throw new Corrupt("bad-value", root.origin(), "describes no group");
    }

    private static void requireName(String name, LvmSection section) throws Corrupt {
        if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new Corrupt("bad-value", section.origin(), "has a name that LVM does not allow");
        }
    }

    /** The UUIDs, without dashes, of the physical volumes that the group stands on. */
    List<String> members() throws Corrupt {
        List<String> members = new ArrayList<>();
        for (LvmSection member : section("physical_volumes").sections().values()) {
            members.add(uuid(member));
        }
        return members;
    }

    /** The volumes that are shown, in the order of the text: by name, those that are kept from view left out. */
    List<String> visible() throws Corrupt {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, LvmSection> entry :
                section("logical_volumes").sections().entrySet()) {
            LvmSection volume = entry.getValue();
            boolean snapshot = volume.find("segment1")
                    .filter(segment -> segment.list("type").equals(List.of("snapshot")))
                    .isPresent();
            if (volume.list("status").contains("VISIBLE") && !snapshot) {
                requireName(entry.getKey(), volume);
                names.add(entry.getKey());
            }
        }
        return names;
    }

    /**
     * The bytes of one volume.
     *
     * @param present physical volumes by UUID
     * @throws Unsupported {@code unsupported-feature} for segments that are neither linear nor striped
     * @throws Corrupt {@code volume-incomplete} when it lies on a physical volume that is missing
     * @throws Corrupt when the metadata contradict themselves or the size of a physical volume
     */
    LogicalVolume open(String name, Map<String, PhysicalVolume> present) throws ImageProblem {
        LvmSection volume = section("logical_volumes")
                .find(name)
                .orElseThrow(() -> new Corrupt("bad-value", section.origin(), "has no " + name));
        if (storesChanges().contains(name)) {
            throw new Unsupported("unsupported-feature", volume.origin(), "is a snapshot, which Java does not read");
        }
        long extentBytes = Math.multiplyExact(section.number("extent_size", MAX_EXTENT_SECTORS), (long) SECTOR_BYTES);
        long count = volume.number("segment_count", Long.MAX_VALUE);
        if (count > MAX_SEGMENTS) {
            throw new OverBudget("entry-limit", volume.origin(), "has " + count + " segments");
        }
        List<Segment> segments = new ArrayList<>();
        long next = 0;
        for (int i = 1; i <= count; i++) {
            String title = "segment" + i;
            LvmSection segment =
                    volume.find(title).orElseThrow(() -> new Corrupt("bad-value", volume.origin(), "has no " + title));
            if (segment.number("start_extent", MAX_EXTENTS) != next) {
                throw new Corrupt("bad-value", segment.origin(), "does not begin where the one before it ends");
            }
            long extents = segment.number("extent_count", MAX_EXTENTS);
            if (extents == 0 || extentBytes == 0 || extents > Long.MAX_VALUE / extentBytes) {
                throw new Corrupt("bad-value", segment.origin(), "has " + extents + " extents of " + extentBytes);
            }
            segments.add(segment(segment, extents, extentBytes, present));
            next += extents;
        }
        String full = "lvm:" + this.name + "/" + name;
        ByteSource bytes = Mapped.of(outermost(present).within(full), segments);
        return new LogicalVolume(full, bytes);
    }

    private Segment segment(LvmSection segment, long extents, long extentBytes, Map<String, PhysicalVolume> present)
            throws ImageProblem {
        String type = segment.text("type");
        if (!type.equals("striped") && !type.equals("linear")) {
            throw new Unsupported(
                    "unsupported-feature",
                    segment.origin(),
                    "is of type " + printable(type) + ", which Java does not read");
        }
        long stripes = segment.number("stripe_count", MAX_STRIPES);
        List<String> places = segment.list("stripes");
        if (stripes < 1 || places.size() != 2 * stripes || extents % stripes != 0) {
            throw new Corrupt("bad-value", segment.origin(), "has " + extents + " extents on " + stripes + " stripes");
        }
        long columnBytes = extents / stripes * extentBytes;
        List<ByteSource> columns = new ArrayList<>();
        for (int i = 0; i < places.size(); i += 2) {
            long first = segment.number("stripes", places.get(i + 1), MAX_EXTENTS);
            columns.add(column(segment, places.get(i), first, columnBytes, extentBytes, present));
        }
        if (stripes == 1) {
            return Segment.linear(columns.getFirst());
        }
        long chunkBytes = segment.number("stripe_size", MAX_EXTENT_SECTORS) * SECTOR_BYTES;
        if (chunkBytes == 0 || columnBytes % chunkBytes != 0) {
            throw new Corrupt("bad-value", segment.origin(), "has stripes of " + chunkBytes + " bytes");
        }
        return Segment.chunked(chunkBytes, Layout.STRIPED, columns, segment.origin());
    }

    private ByteSource column(
            LvmSection segment,
            String place,
            long first,
            long lengthBytes,
            long extentBytes,
            Map<String, PhysicalVolume> present)
            throws ImageProblem {
        LvmSection member = section("physical_volumes")
                .find(place)
                .orElseThrow(() -> new Unsupported(
                        "unsupported-feature", segment.origin(), "lies on another volume, which Java does not read"));
        PhysicalVolume found = present.get(uuid(member));
        if (found == null || member.list("flags").contains("MISSING")) {
            throw new Corrupt(
                    "volume-incomplete",
                    segment.origin(),
                    "lies on the physical volume " + printable(member.text("id")) + ", which is missing",
                    "Index an image that holds all the disks of the machine.");
        }
        long start = member.number("pe_start", MAX_EXTENT_SECTORS) * SECTOR_BYTES;
        if (first > (Long.MAX_VALUE - start) / extentBytes) {
            throw new Corrupt("bad-value", segment.origin(), "begins at extent " + first);
        }
        return found.bytes().slice(segment.origin().name(), start + first * extentBytes, lengthBytes);
    }

    /** Volumes that hold a snapshot's changes, and those into which a snapshot is being merged. */
    private Set<String> storesChanges() throws Corrupt {
        Set<String> names = new HashSet<>();
        for (LvmSection volume : section("logical_volumes").sections().values()) {
            Optional<LvmSection> segment = volume.find("segment1");
            if (segment.isPresent()) {
                names.addAll(segment.get().list("cow_store"));
                names.addAll(segment.get().list("merging_store"));
                if (!segment.get().list("merging_store").isEmpty()) {
                    names.addAll(segment.get().list("origin"));
                }
            }
        }
        return names;
    }

    private dev.stemma.ingest.problem.Origin outermost(Map<String, PhysicalVolume> present) {
        var origin = present.values().stream()
                .map(one -> one.bytes().origin())
                .findFirst()
                .orElse(section.origin());
        while (origin.outer() != null) {
            origin = origin.outer();
        }
        return origin;
    }

    private LvmSection section(String title) {
        return section.find(title)
                .orElseGet(() -> new LvmSection(section.origin().within(title)));
    }

    private static String uuid(LvmSection member) throws Corrupt {
        return member.text("id").replace("-", "");
    }

    /** Guest text in messages: short, and no control characters. */
    private static String printable(String text) {
        String escaped = dev.stemma.graph.model.GuestName.ofText(text).escaped();
        return escaped.length() > 80 ? escaped.substring(0, 80) + "…" : escaped;
    }
}
