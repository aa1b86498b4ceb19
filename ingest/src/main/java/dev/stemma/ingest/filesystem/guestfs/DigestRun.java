package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Has the files of a mounted file system digested in the appliance, without those of subvolumes below it: what is mounted shows them, and
 * {@code sha256sum} would go through every snapshot. So where there are some, each directory beside them is digested by itself.
 */
final class DigestRun {

    private static final int MAX_DIRECTORIES = 2_000;

    private final Appliance appliance;
    private final Batches batches;
    private final byte[] place;
    private final Path file;
    private int asked;

    DigestRun(Appliance appliance, Batches batches, byte[] place) {
        this.appliance = appliance;
        this.batches = batches;
        this.place = place;
        this.file = appliance.file("digests" + new String(place, 1, place.length - 1, StandardCharsets.US_ASCII));
    }

    /** Empty where it cannot be done at once: then each file is read, and says itself what is wrong with it. */
    Optional<DigestList> run(List<GuestPath> subvolumesBelow) throws ImageProblem {
        try {
            if (subvolumesBelow.isEmpty()) {
                appliance.ask("digests", place, Appliance.text(file.toString()));
                return Optional.of(DigestList.read(file));
            }
            DigestList digests = new DigestList();
            Deque<GuestPath> above = new ArrayDeque<>(List.of(GuestPath.ROOT));
            while (!above.isEmpty()) {
                beside(above.removeFirst(), subvolumesBelow, above, digests);
            }
            return Optional.of(digests);
        } catch (Corrupt | IOException failed) {
            return Optional.empty();
        } finally {
            delete();
        }
    }

    private void beside(
            GuestPath directory, List<GuestPath> subvolumesBelow, Deque<GuestPath> above, DigestList digests)
            throws ImageProblem, IOException {
        byte[] path = joined(place, directory);
        for (GuestName name : batches.names(path)) {
            GuestPath child = directory.child(name);
            if (subvolumesBelow.contains(child)) {
                continue;
            }
            if (subvolumesBelow.stream().anyMatch(one -> isAbove(child, one))) {
                above.add(child);
            } else if (isText(child)
                    && asked < MAX_DIRECTORIES
                    && Stat.of(appliance.ask("stat", path, name.bytes()).getFirst())
                            .isDirectory()) {
                asked++;
                appliance.ask("digests", joined(place, child), Appliance.text(file.toString()));
                digests.add(file, joined(new byte[] {'.'}, child));
            }
        }
    }

    private static boolean isAbove(GuestPath directory, GuestPath path) {
        return path.depth() > directory.depth()
                && path.names().subList(0, directory.depth()).equals(directory.names());
    }

    /** What no text can name is read file by file. */
    private static boolean isText(GuestPath path) {
        return path.names().stream().allMatch(name -> GuestName.ofText(new String(name.bytes(), StandardCharsets.UTF_8))
                .equals(name));
    }

    private static byte[] joined(byte[] start, GuestPath path) {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        bytes.writeBytes(start);
        for (GuestName name : path.names()) {
            bytes.write('/');
            bytes.writeBytes(name.bytes());
        }
        return bytes.toByteArray();
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return; // It goes with the appliance's directory.
        }
    }
}
