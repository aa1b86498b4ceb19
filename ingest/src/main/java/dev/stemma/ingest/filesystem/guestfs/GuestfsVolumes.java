package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every file system that Linux finds on a disk: on its partitions, logical volumes, arrays and subvolumes. One appliance for
 * one disk, started when this is opened.
 *
 * <p>Safe for use by several threads, which wait for each other. Closed by whoever opened it, which ends all its readers; the
 * disk is not closed.
 */
public final class GuestfsVolumes implements AutoCloseable {

    private static final int FIELDS = 7;

    private final ByteSource disk;
    private final Budget budget;
    private final Appliance appliance;
    private final List<Mountable> mountables;
    private int mounted;

    private GuestfsVolumes(ByteSource disk, Budget budget, Appliance appliance) throws ImageProblem {
        this.disk = disk;
        this.budget = budget;
        this.appliance = appliance;
        this.mountables = found(appliance.ask("file-systems"));
    }

    /**
     * Starts an appliance that sees this disk and nothing else, which takes 6 seconds and more.
     *
     * @param disk whole, as the guest sees it
     * @throws Unreadable {@code tool-missing}, {@code appliance-failed}
     */
    public static GuestfsVolumes open(ByteSource disk, Budget budget) throws ImageProblem {
        Appliance appliance = Appliance.launch(disk, budget);
        try {
            return new GuestfsVolumes(disk, budget, appliance);
        } catch (ImageProblem | RuntimeException e) {
            appliance.close();
            throw e;
        }
    }

    /** All that was found, by name; what holds no files (swap, an encrypted container) among it. */
    public List<Mountable> list() {
        return mountables;
    }

    /**
     * Mounts one, inside the appliance and read-only. A journal is replayed into an overlay that is thrown away.
     *
     * @throws Unsupported {@code encrypted} for a container without key, {@code unknown-file-system}
     * @throws Corrupt {@code not-mountable} when Linux refuses it
     */
    public FileSystemReader open(Mountable mountable) throws ImageProblem {
        Origin origin = disk.origin()
                .within(GuestName.ofText(mountable.shortName()).escaped())
                .within(mountable.type());
        if (mountable.type().equals("crypto_LUKS") || mountable.type().equals("BitLocker")) {
            throw new Unsupported("encrypted", origin, "it is encrypted, and Stemma has no key");
        }
        if (!mountable.hasFiles()) {
            throw new Unsupported("unknown-file-system", origin, "there are no files on it");
        }
        String place;
        synchronized (this) {
            place = "/" + ++mounted;
        }
        List<byte[]> usage;
        try {
            usage = appliance.ask(
                    "mount", Appliance.text(mountable.name()), Appliance.text(place), Appliance.text("ro"));
        } catch (Corrupt refused) {
            throw new Corrupt(
                    "not-mountable",
                    origin,
                    "Linux does not mount it: " + refused.reason(),
                    "Check it in the guest with its own tools.",
                    refused);
        }
        FileSystem facts = new FileSystem(
                mountable.type(),
                mountable.uuid(),
                mountable.label(),
                Optional.empty(),
                mountable.sizeBytes(),
                Optional.of(Long.parseLong(text(usage.get(1)))),
                "guestfs");
        return new GuestfsReader(facts, origin, appliance, place, budget);
    }

    private List<Mountable> found(List<byte[]> fields) throws ImageProblem {
        List<Mountable> all = new ArrayList<>();
        for (int i = 0; i + FIELDS <= fields.size(); i += FIELDS) {
            all.add(new Mountable(
                    text(fields.get(i)),
                    Mountable.Kind.valueOf(text(fields.get(i + 6))),
                    text(fields.get(i + 1)),
                    present(fields.get(i + 2)),
                    present(fields.get(i + 3)),
                    Long.parseLong(text(fields.get(i + 4))),
                    Integer.parseInt(text(fields.get(i + 5)))));
        }
        // A btrfs is listed as a whole and by subvolume; the whole shows its default subvolume a second time.
        List<Mountable> divided = all.stream()
                .filter(one -> one.kind() == Mountable.Kind.SUBVOLUME)
                .toList();
        return all.stream()
                .filter(one -> divided.stream().noneMatch(one::holds))
                .toList();
    }

    private static Optional<String> present(byte[] text) {
        return text.length == 0
                ? Optional.empty()
                : Optional.of(GuestName.of(text).escaped());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        appliance.close();
    }
}
