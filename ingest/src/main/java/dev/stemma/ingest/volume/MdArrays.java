package dev.stemma.ingest.volume;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The arrays over all members of an image. For one thread. */
final class MdArrays {

    /** What Linux calls an array that another machine made; the next one gets the number below. */
    private static final int FIRST_NUMBER = 127;

    private static final int LEFT_SYMMETRIC = 2;
    private static final int NEAR_TWO = 0x102;

    private final Map<String, List<Member>> arrays = new LinkedHashMap<>();
    private final Found found;

    MdArrays(Found found) {
        this.found = found;
    }

    private record Member(int member, MdSuperblock superblock) {}

    void add(int member, MdSuperblock superblock) {
        arrays.computeIfAbsent(superblock.arrayId(), _ -> new ArrayList<>()).add(new Member(member, superblock));
    }

    /** Puts each array together; what cannot be becomes a refusal. By name. */
    List<Volumes.Opened> open() {
        SortedMap<String, Volumes.Opened> opened = new TreeMap<>();
        int number = FIRST_NUMBER;
        for (List<Member> members : arrays.values()) {
            int first = members.getFirst().member;
            String name = "md:md" + number--;
            try {
                opened.put(name, new Volumes.Opened(new LogicalVolume(name, open(name, members)), first));
            } catch (ImageProblem e) {
                found.refuse(first, e);
            }
        }
        return List.copyOf(opened.values());
    }

    private ByteSource open(String name, List<Member> members) throws ImageProblem {
        long events =
                members.stream().mapToLong(one -> one.superblock.events()).max().orElse(0);
        MdSuperblock newest = members.stream()
                .map(Member::superblock)
                .filter(one -> one.events() == events)
                .findFirst()
                .orElseThrow();
        Origin outermost = newest.data().origin();
        while (outermost.outer() != null) {
            outermost = outermost.outer();
        }
        Origin origin = outermost.within(name);
        SortedMap<Integer, ByteSource> current = new TreeMap<>();
        for (Member one : members) {
            MdSuperblock superblock = one.superblock;
            boolean inSync = superblock.role() >= 0 && superblock.events() == events;
            if (inSync && superblock.unusual().isEmpty()) {
                requireAgreement(newest, superblock, origin);
                if (current.put(superblock.role(), superblock.data()) != null) {
                    throw new Unsupported(
                            "volume-ambiguous",
                            origin,
                            "has member " + superblock.role() + " twice",
                            "Index an image without copies of its own disks.");
                }
            } else if (!superblock.unusual().isEmpty() && superblock.events() == events) {
                throw new Unsupported("unsupported-feature", origin, superblock.unusual());
            }
        }
        return assemble(newest, current, origin);
    }

    private static void requireAgreement(MdSuperblock one, MdSuperblock other, Origin origin) throws Corrupt {
        if (one.level() != other.level()
                || one.layout() != other.layout()
                || one.chunkBytes() != other.chunkBytes()
                || one.disks() != other.disks()
                || other.role() >= one.disks()) {
            throw new Corrupt("bad-value", origin, "has members that contradict each other");
        }
    }

    private ByteSource assemble(MdSuperblock array, SortedMap<Integer, ByteSource> members, Origin origin)
            throws ImageProblem {
        int level = array.level();
        boolean whole = members.size() == array.disks();
        List<ByteSource> columns = List.copyOf(members.values());
        if (level == 1) {
            return mirror(array, columns, whole, origin);
        }
        if (!whole) {
            throw incomplete(array, members.size(), origin);
        }
        if (columns.stream().anyMatch(column -> column.sizeBytes() == 0)) {
            throw new Corrupt("bad-value", origin, "has an empty member");
        }
        return switch (level) {
            case MdSuperblock.LINEAR -> Mapped.of(origin, linear(array, columns));
            case 0 -> Mapped.of(origin, List.of(stripes(array, columns, origin)));
            case 4 -> parity(array, columns, Layout.PARITY_LAST, origin);
            case 5 -> parity(array, columns, requireLayout(array, Layout.LEFT_SYMMETRIC, origin), origin);
            case 6 -> parity(array, columns, requireLayout(array, Layout.LEFT_SYMMETRIC_6, origin), origin);
            case 10 -> mirroredStripes(array, columns, origin);
            default -> throw new Unsupported("unsupported-feature", origin, "is of level " + level);
        };
    }

    /** Any member that was written last will do; while mirrors are being made equal, Linux reads the first. */
    private ByteSource mirror(MdSuperblock array, List<ByteSource> members, boolean whole, Origin origin)
            throws ImageProblem {
        if (members.isEmpty()) {
            throw incomplete(array, 0, origin);
        }
        if (!whole) {
            found.note(
                    "array-degraded",
                    origin,
                    "has " + members.size() + " of " + array.disks() + " members that are up to date; they were read",
                    "Replace the missing disk in the machine: mdadm --add.");
        }
        return Mapped.of(origin, List.of(Segment.linear(requireData(members.getFirst(), origin))));
    }

    private static ByteSource requireData(ByteSource member, Origin origin) throws Corrupt {
        if (member.sizeBytes() == 0) {
            throw new Corrupt("bad-value", origin, "has an empty member");
        }
        return member;
    }

    /** Levels with parity can do without a member, which is for Linux to work out; without more, nobody can. */
    private static ImageProblem incomplete(MdSuperblock array, int members, Origin origin) {
        String message = "has " + members + " of " + array.disks() + " members that are up to date";
        int spare =
                switch (array.level()) {
                    case 4, 5 -> 1;
                    case 6 -> 2;
                    case 10 -> array.disks() / 2;
                    default -> 0;
                };
        return array.disks() - members <= spare
                ? new Unsupported("unsupported-feature", origin, message + ": Java does not read it degraded")
                : new Corrupt(
                        "volume-incomplete",
                        origin,
                        message,
                        "Index an image that holds all the disks of the machine.");
    }

    /** Linear arrays round each member down to the chunk, where they have one. */
    private static List<Segment> linear(MdSuperblock array, List<ByteSource> members) throws ImageProblem {
        List<Segment> segments = new ArrayList<>();
        for (ByteSource member : members) {
            long size = rounded(member.sizeBytes(), array.chunkBytes());
            if (size > 0) {
                segments.add(Segment.linear(member.slice("array", 0, size)));
            }
        }
        return segments;
    }

    private static long rounded(long size, long chunk) {
        return chunk == 0 ? size : size / chunk * chunk;
    }

    private static Segment stripes(MdSuperblock array, List<ByteSource> members, Origin origin) throws ImageProblem {
        long chunk = array.chunkBytes();
        if (members.stream()
                        .map(one -> rounded(one.sizeBytes(), chunk))
                        .distinct()
                        .count()
                > 1) {
            throw new Unsupported("unsupported-feature", origin, "is a RAID0 of members of different sizes");
        }
        return Segment.chunked(chunk, Layout.STRIPED, members, origin);
    }

    private static Layout requireLayout(MdSuperblock array, Layout layout, Origin origin) throws Unsupported {
        if (array.layout() != LEFT_SYMMETRIC) {
            throw new Unsupported("unsupported-feature", origin, "has layout " + array.layout());
        }
        return layout;
    }

    private static ByteSource parity(MdSuperblock array, List<ByteSource> members, Layout layout, Origin origin)
            throws ImageProblem {
        return Mapped.of(origin, List.of(Segment.chunked(array.chunkBytes(), layout, members, origin)));
    }

    /** Two copies beside each other on an even number of members: a RAID0 over the first of each pair. */
    private static ByteSource mirroredStripes(MdSuperblock array, List<ByteSource> members, Origin origin)
            throws ImageProblem {
        if (array.layout() != NEAR_TWO || members.size() % 2 != 0) {
            throw new Unsupported(
                    "unsupported-feature", origin, String.format("is a RAID10 of layout %#x", array.layout()));
        }
        List<ByteSource> firsts = new ArrayList<>();
        for (int i = 0; i < members.size(); i += 2) {
            firsts.add(members.get(i));
        }
        return Mapped.of(origin, List.of(Segment.chunked(array.chunkBytes(), Layout.STRIPED, firsts, origin)));
    }
}
