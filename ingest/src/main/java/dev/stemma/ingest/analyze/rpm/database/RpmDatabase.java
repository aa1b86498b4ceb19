package dev.stemma.ingest.analyze.rpm.database;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.GuestCopy;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestFiles.Found;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A database of rpm in a guest. The newest form is asked for first; where a system was moved from one form to another and the old
 * file was left, what rpm itself uses is the newer.
 *
 * @param file where it really lies
 * @param form how it is written
 */
public record RpmDatabase(Found file, Form form) {

    /** The default, the place of systems with images and snapshots, and rpm-ostree's. */
    private static final List<GuestPath> DIRECTORIES = List.of(
            GuestPath.parse("/var/lib/rpm"),
            GuestPath.parse("/usr/lib/sysimage/rpm"),
            GuestPath.parse("/usr/share/rpm"));

    private static final long MAX_BYTES = 1L << 30;

    /** How headers are stored. */
    public enum Form {
        /** rpm 4.16 and later: Fedora 33, RHEL 9 and their kin. */
        SQLITE("rpmdb.sqlite"),
        /** SUSE since 2020. */
        NDB("Packages.db"),
        /** Berkeley DB: all older. */
        BERKELEY("Packages");

        private final String fileName;

        Form(String fileName) {
            this.fileName = fileName;
        }
    }

    /** Where one may lie: to be asked for before anything is opened. */
    public static List<GuestPath> paths() {
        List<GuestPath> paths = new ArrayList<>();
        for (GuestPath directory : DIRECTORIES) {
            for (Form form : Form.values()) {
                paths.add(directory.child(GuestName.ofText(form.fileName)));
            }
        }
        return paths;
    }

    /** All that are there, the one that rpm uses first; the same file found by two names counts once. */
    public static List<RpmDatabase> list(GuestFiles files) throws ImageProblem {
        Map<GuestPath, RpmDatabase> found = new TreeMap<>();
        List<RpmDatabase> inOrder = new ArrayList<>();
        for (GuestPath directory : DIRECTORIES) {
            for (Form form : Form.values()) {
                Optional<Found> file = files.find(directory.child(GuestName.ofText(form.fileName)));
                if (file.isPresent() && file.get().node().payload() instanceof Payload.File) {
                    RpmDatabase database = new RpmDatabase(file.get(), form);
                    if (found.putIfAbsent(file.get().path(), database) == null) {
                        inOrder.add(database);
                    }
                }
            }
        }
        return List.copyOf(inOrder);
    }

    /** Hands out every header. */
    public void read(GuestFiles files, HeaderSink sink) throws ImageProblem {
        try (GuestCopy bytes = GuestCopy.open(files, file, MAX_BYTES)) {
            switch (form) {
                case NDB -> new NdbTable().read(bytes, files.budget(), sink);
                case BERKELEY -> new BerkeleyTable().read(bytes, files.budget(), sink);
                case SQLITE -> sqlite(files, bytes, sink);
            }
        }
    }

    private void sqlite(GuestFiles files, ByteSource bytes, HeaderSink sink) throws ImageProblem {
        Optional<Found> journal = beside(files, "-journal");
        if (journal.isPresent() && isHot(files, journal.get())) {
            throw new Unsupported(
                    "needs-recovery",
                    bytes.origin(),
                    "has a journal of an unfinished transaction, which is not rolled back",
                    "Run rpm -qa once in the machine.");
        }
        Optional<Found> log = beside(files, "-wal");
        if (log.isEmpty()) {
            new SqliteTable(Optional.empty()).read(bytes, files.budget(), sink);
            return;
        }
        try (GuestCopy logged = GuestCopy.open(files, log.get(), MAX_BYTES)) {
            new SqliteTable(Optional.of(logged)).read(bytes, files.budget(), sink);
        }
    }

    /** A journal that was finished has no bytes, or zeros where the header was (section 3). */
    private static boolean isHot(GuestFiles files, Found journal) throws ImageProblem {
        byte[] start = files.readStart(journal.path(), 1).orElse(new byte[0]);
        return start.length > 0 && start[0] != 0;
    }

    private Optional<Found> beside(GuestFiles files, String ending) throws ImageProblem {
        return files.find(file.path().parent().child(GuestName.ofText(form.fileName + ending)))
                .filter(found -> found.node().payload() instanceof Payload.File);
    }
}
