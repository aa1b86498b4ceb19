package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.GuestFiles.Found;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the paths that packages list really lie: {@code /bin/ls} of an old package is {@code /usr/bin/ls} on a merged-usr
 * system. Each directory is looked up once. For one thread.
 */
public final class Placement {

    private final GuestFiles files;
    private final Map<String, Folder> folders = new HashMap<>();

    public Placement(GuestFiles files) {
        this.files = files;
    }

    /** A directory of a listed path, once for all the files in it. */
    private record Folder(GuestPath path, Set<GuestName> directories) {}

    /** Where a listed path lies; empty when a directory is there, which packages share. Bytes stand as Latin-1 characters. */
    public Optional<GuestPath> find(String latin) throws ImageProblem {
        int slash = latin.lastIndexOf('/');
        String parent = slash < 0 ? "" : latin.substring(0, slash);
        Folder folder = folders.get(parent);
        if (folder == null) {
            folder = folder(path(parent));
            folders.put(parent, folder);
        }
        String last = latin.substring(slash + 1);
        if (last.isEmpty() || last.equals(".") || last.equals("..")) {
            return Optional.empty();
        }
        GuestName name = GuestName.ofLatin1(last);
        return folder.directories.contains(name) ? Optional.empty() : Optional.of(folder.path.child(name));
    }

    private Folder folder(GuestPath listed) throws ImageProblem {
        GuestPath path = listed.depth() == 0
                ? listed
                : files.find(listed).map(Found::path).orElse(null);
        if (path == null) {
            return new Folder(files.canonical(listed), Set.of());
        }
        return new Folder(path, files.directories(path));
    }

    /** The path of bytes that stand as Latin-1 characters; {@code ..} is undone in the text, and stops at the root. */
    public static GuestPath path(String latin) {
        List<GuestName> names = new ArrayList<>();
        for (String name : latin.split("/", -1)) {
            if (name.equals("..")) {
                names = names.isEmpty() ? names : new ArrayList<>(names.subList(0, names.size() - 1));
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(GuestName.ofLatin1(name));
            }
        }
        return new GuestPath(names);
    }
}
