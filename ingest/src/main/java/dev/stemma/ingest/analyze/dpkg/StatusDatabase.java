package dev.stemma.ingest.analyze.dpkg;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestFiles.Found;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All packages that dpkg knows: its status file, the journal of an interrupted run beside it ({@code updates/}), and the
 * one-file-a-package directory of distroless images ({@code status.d/}).
 */
final class StatusDatabase {

    static final GuestPath STATUS = GuestPath.parse("/var/lib/dpkg/status");
    static final GuestPath STATUS_D = GuestPath.parse("/var/lib/dpkg/status.d");
    private static final GuestPath UPDATES = GuestPath.parse("/var/lib/dpkg/updates");
    private static final int MAX_STATUS_BYTES = 128 << 20;
    private static final int MAX_STANZA_BYTES = 4 << 20;
    private static final int MAX_PACKAGES = 500_000;
    private static final int MAX_COMPLAINTS = 20;

    private final Map<String, StatusEntry> entries = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private int broken;

    private StatusDatabase() {}

    static StatusDatabase read(GuestFiles files) throws ImageProblem {
        StatusDatabase database = new StatusDatabase();
        database.add(files.read(STATUS, MAX_STATUS_BYTES).orElse(new byte[0]));
        for (Found update : files.list(UPDATES)) {
            if (update.node().name().escaped().matches("[0-9]{1,10}")) {
                database.add(files.read(update.path(), MAX_STANZA_BYTES).orElse(new byte[0]));
            }
        }
        for (Found one : files.list(STATUS_D)) {
            if (!one.node().name().escaped().endsWith(".md5sums")) {
                database.add(files.read(one.path(), MAX_STANZA_BYTES).orElse(new byte[0]));
            }
        }
        return database;
    }

    private void add(byte[] bytes) {
        Stanza.parse(bytes, stanza -> {
            try {
                StatusEntry entry = StatusEntry.of(stanza);
                if (entry.state().equals(StatusEntry.NOT_INSTALLED)) {
                    // Wanted, or removed by the journal; dpkg-query does not list it either.
                    entries.remove(entry.key());
                    return;
                }
                if (entries.size() >= MAX_PACKAGES) {
                    throw new IllegalArgumentException("there are more than " + MAX_PACKAGES + " packages");
                }
                entries.put(entry.key(), entry);
            } catch (IllegalArgumentException e) {
                broken++;
                if (complaints.size() < MAX_COMPLAINTS) {
                    complaints.add(String.valueOf(e.getMessage()));
                }
            }
        });
    }

    /** In the order of the file. */
    List<StatusEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** How many paragraphs could not be used. */
    int broken() {
        return broken;
    }

    /** Why, for the first of them. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }
}
