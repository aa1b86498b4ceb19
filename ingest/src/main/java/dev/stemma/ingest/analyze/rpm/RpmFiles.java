package dev.stemma.ingest.analyze.rpm;

import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage.OwnedPath;
import dev.stemma.ingest.analyze.Placement;
import dev.stemma.ingest.analyze.rpm.Header.Tag;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The paths that a package brought, as {@code rpm -ql} lists them, less its directories. A path that the package only lays claim to
 * (ghosts) is among them, without a checksum. For one thread.
 */
final class RpmFiles {

    private static final int MAX_OWNED = 5_000_000;
    private static final int MAX_PATH_CHARACTERS = 65_536;

    /** Attributes of a file ({@code include/rpm/rpmfiles.h}). */
    private static final int CONFIGURATION = 1;

    private static final int MISSING_OK = 1 << 3;
    private static final int GHOST = 1 << 6;

    /** What is to be verified of it: the digest. */
    private static final int VERIFY_DIGEST = 1;

    /** States: what rpm left out, or left to another package. */
    private static final Set<Long> NOT_INSTALLED = Set.of(2L, 3L);

    private static final Set<Long> NOT_OURS = Set.of(1L, 4L);
    private static final int TYPE_MASK = 0xf000;
    private static final int DIRECTORY = 0x4000;

    /** By the numbers of OpenPGP (RFC 4880, 9.4), which rpm uses. */
    private static final Map<Long, Algorithm> ALGORITHMS = Map.of(
            1L, Algorithm.MD5,
            2L, Algorithm.SHA1,
            8L, Algorithm.SHA256,
            9L, Algorithm.SHA384,
            10L, Algorithm.SHA512,
            11L, Algorithm.SHA224);

    private final Placement placement;
    private int owned;

    RpmFiles(Placement placement) {
        this.placement = placement;
    }

    /** By path, each once. */
    List<OwnedPath> of(Header header, Origin origin) throws ImageProblem {
        Names names = Names.of(header, origin);
        long[] modes = header.numbers(Tag.FILE_MODES);
        long[] flags = header.numbers(Tag.FILE_FLAGS);
        List<String> digests = header.texts(Tag.FILE_DIGESTS);
        long[] states = header.numbers(Tag.FILE_STATES);
        long[] verify = header.numbers(Tag.FILE_VERIFY_FLAGS);
        long[] algorithm = header.numbers(Tag.FILE_DIGEST_ALGORITHM);
        Algorithm by = algorithm.length == 0 ? Algorithm.MD5 : ALGORITHMS.get(algorithm[0]);
        Map<GuestPath, OwnedPath> found = new TreeMap<>();
        for (int i = 0; i < names.count(); i++) {
            if (i < modes.length && (modes[i] & TYPE_MASK) == DIRECTORY) {
                continue;
            }
            Optional<GuestPath> where = placement.find(names.path(i));
            if (where.isPresent()) {
                long flag = at(flags, i, 0);
                long state = at(states, i, 0);
                boolean left = (flag & GHOST) != 0 || NOT_INSTALLED.contains(state);
                Optional<Checksum> checksum =
                        by != null && i < digests.size() ? Checksum.find(by, digests.get(i)) : Optional.empty();
                found.putIfAbsent(
                        where.get(),
                        new OwnedPath(
                                where.get(),
                                checksum,
                                (flag & CONFIGURATION) != 0,
                                left || (flag & MISSING_OK) != 0,
                                left
                                        || NOT_OURS.contains(state)
                                        || (at(verify, i, VERIFY_DIGEST) & VERIFY_DIGEST) == 0));
            }
        }
        owned += found.size();
        if (owned > MAX_OWNED) {
            throw new OverBudget("entry-limit", origin, "packages own more than " + MAX_OWNED + " paths");
        }
        return List.copyOf(found.values());
    }

    private static long at(long[] numbers, int index, long otherwise) {
        return index < numbers.length ? numbers[index] : otherwise;
    }

    /** Paths in the two forms that there are: a list of directories with names, or, before rpm 4, whole paths. */
    private record Names(List<String> names, List<String> directories, long[] indexes, Origin origin) {

        static Names of(Header header, Origin origin) throws ImageProblem {
            List<String> names = header.texts(Tag.BASE_NAMES);
            if (names.isEmpty()) {
                return new Names(header.texts(Tag.OLD_FILE_NAMES), List.of(), new long[0], origin);
            }
            long[] indexes = header.numbers(Tag.DIRECTORY_INDEXES);
            if (indexes.length != names.size()) {
                throw new Corrupt("bad-value", origin, "has another number of directories than of names");
            }
            return new Names(names, header.texts(Tag.DIRECTORY_NAMES), indexes, origin);
        }

        int count() {
            return names.size();
        }

        String path(int i) throws Corrupt {
            if (indexes.length == 0) {
                return bounded(names.get(i));
            }
            if (indexes[i] >= directories.size()) {
                throw new Corrupt("bad-value", origin, "has no directory " + indexes[i]);
            }
            return bounded(directories.get((int) indexes[i]) + names.get(i));
        }

        private String bounded(String path) throws Corrupt {
            if (path.length() > MAX_PATH_CHARACTERS) {
                throw new Corrupt("bad-value", origin, "has a path of " + path.length() + " bytes");
            }
            return path;
        }
    }
}
