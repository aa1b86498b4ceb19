package dev.stemma.ingest.text;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.ConfigurationPlaces;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Finds a guest's small configuration files and the logs of its package manager, and keeps their texts, within bounds. Links are not followed: what they lead to is kept
 * where it lies, or is no configuration. What cannot be read was observed when it was to be digested.
 */
public final class TextGathering {

    private static final int MAX_FILES = 10_000;
    private static final long MAX_BYTES = 16L << 20;
    private static final int MAX_DEPTH = 64;

    /** What was done to packages, and when: tells whose history goes on where another's ends. */
    private static final List<GuestPath> PACKAGE_LOGS = List.of(
            GuestPath.parse("/var/log/apt/history.log"),
            GuestPath.parse("/var/log/dpkg.log"),
            GuestPath.parse("/var/log/dnf.rpm.log"),
            GuestPath.parse("/var/log/yum.log"));

    private final TextStore store;
    private final GuestFiles files;
    private final BooleanSupplier stopped;
    private int filesLeft = MAX_FILES;
    private long bytesLeft = MAX_BYTES;

    /** @param stopped asked for each file; ends the work when true */
    public TextGathering(TextStore store, GuestFiles files, BooleanSupplier stopped) {
        this.store = store;
        this.files = files;
        this.stopped = stopped;
    }

    /**
     * Does it; used once.
     *
     * @throws ImageProblem when the run has to end
     * @throws IOException when the store does not take a text
     */
    public void run() throws ImageProblem, IOException {
        for (GuestPath log : PACKAGE_LOGS) {
            try {
                Optional<GuestFiles.Found> found = files.findLink(log);
                if (found.isPresent() && found.get().node().payload() instanceof Payload.File file) {
                    offer(log, file);
                }
            } catch (ImageProblem e) {
                files.budget().check(files.origin());
            }
        }
        for (GuestPath place : ConfigurationPlaces.DIRECTORIES) {
            Deque<GuestPath> waiting = new ArrayDeque<>();
            waiting.add(place);
            while (!waiting.isEmpty() && !stopped.getAsBoolean()) {
                files.budget().check(files.origin());
                try {
                    look(waiting.remove(), waiting);
                } catch (ImageProblem e) {
                    files.budget().check(files.origin());
                }
            }
        }
    }

    private void look(GuestPath directory, Deque<GuestPath> waiting) throws ImageProblem, IOException {
        Optional<GuestFiles.Found> really = files.findLink(directory);
        if (really.isEmpty() || !(really.get().node().payload() instanceof Payload.Directory)) {
            return;
        }
        for (GuestFiles.Found found : files.list(directory)) {
            switch (found.node().payload()) {
                case Payload.Directory _ -> {
                    if (found.path().depth() < MAX_DEPTH) {
                        waiting.add(found.path());
                    }
                }
                case Payload.File file -> offer(found.path(), file);
                case Payload.Link _, Payload.Device _, Payload.Pipe _, Payload.Socket _ -> {}
            }
        }
    }

    private void offer(GuestPath path, Payload.File file) throws ImageProblem, IOException {
        if (file.sizeBytes() <= ConfigurationPlaces.MAX_FILE_BYTES
                && file.sizeBytes() <= bytesLeft
                && filesLeft > 0
                && !stopped.getAsBoolean()) {
            filesLeft--;
            bytesLeft -= file.sizeBytes();
            keep(path);
        }
    }

    private void keep(GuestPath path) throws ImageProblem, IOException {
        try {
            Optional<byte[]> bytes = files.read(path, ConfigurationPlaces.MAX_FILE_BYTES);
            if (bytes.isPresent()) {
                store.keep(Digest.sha256(bytes.get()), bytes.get());
            }
        } catch (ImageProblem e) {
            files.budget().check(files.origin());
        }
    }
}
