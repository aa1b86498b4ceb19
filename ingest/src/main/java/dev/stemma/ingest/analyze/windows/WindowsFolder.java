package dev.stemma.ingest.analyze.windows;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestFiles.Found;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;
import java.util.Optional;

/** Where Windows lies on its system drive, in whatever case the names are: NTFS keeps case, and Windows does not care. Stateless. */
public final class WindowsFolder {

    private static final List<String> NAMES = List.of("Windows", "WINNT");
    private static final List<String> SOFTWARE = List.of("System32", "config", "SOFTWARE");

    private WindowsFolder() {}

    /** The folder of the system; empty where none is installed. */
    public static Optional<GuestPath> find(GuestFiles files) throws ImageProblem {
        for (String name : NAMES) {
            Optional<GuestPath> folder = below(files, GuestPath.ROOT, List.of(name));
            if (folder.isPresent() && file(files, folder.get(), SOFTWARE).isPresent()) {
                return folder;
            }
        }
        return Optional.empty();
    }

    /** A regular file below a folder. */
    static Optional<Found> file(GuestFiles files, GuestPath folder, List<String> names) throws ImageProblem {
        Optional<GuestPath> path = below(files, folder, names);
        return path.isEmpty()
                ? Optional.empty()
                : files.find(path.get()).filter(found -> found.node().payload() instanceof Payload.File);
    }

    private static Optional<GuestPath> below(GuestFiles files, GuestPath folder, List<String> names)
            throws ImageProblem {
        GuestPath at = folder;
        for (String name : names) {
            Optional<GuestPath> next = files.list(at).stream()
                    .filter(found -> found.node().name().escaped().equalsIgnoreCase(name))
                    .map(Found::path)
                    .findFirst();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }
}
