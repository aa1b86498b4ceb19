package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Subvolume;
import dev.stemma.ingest.key.VolumeKey;
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
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every file system that Linux finds on a disk: on its partitions, logical volumes, arrays and subvolumes. One appliance for
 * one disk, started when this is opened.
 *
 * <p>Safe for use by several threads, which wait for each other. Closed by whoever opened it, which ends all its readers; the
 * disk is not closed.
 */
public final class GuestfsVolumes implements AutoCloseable {

    private static final int FIELDS = 11;
    private static final String KEY = "Give the passphrase of a LUKS container: stemma index --key-file FILE.";

    private final ByteSource disk;
    private final Budget budget;
    private final Appliance appliance;
    private final List<Mountable> mountables;
    private final Set<String> unlocked;
    private int mounted;

    private GuestfsVolumes(ByteSource disk, List<VolumeKey> keys, Budget budget, Appliance appliance)
            throws ImageProblem {
        this.disk = disk;
        this.budget = budget;
        this.appliance = appliance;
        this.unlocked = keys.isEmpty()
                ? Set.of()
                : appliance
                        .ask("unlock", keys.stream().map(VolumeKey::passphrase).toList())
                        .stream()
                        .map(GuestfsVolumes::text)
                        .collect(Collectors.toUnmodifiableSet());
        this.mountables = found(appliance.ask("file-systems"));
    }

    /**
     * Starts an appliance that sees this disk and nothing else, which takes 6 seconds and more.
     *
     * @param disk whole, as the guest sees it
     * @throws Unreadable {@code tool-missing}, {@code appliance-failed}
     */
    public static GuestfsVolumes open(ByteSource disk, Budget budget) throws ImageProblem {
        return open(disk, List.of(), budget);
    }

    /**
     * The same with keys to encrypted containers. Each is tried on each container, which takes some seconds.
     *
     * @throws Unreadable {@code tool-missing}, {@code appliance-failed}
     */
    public static GuestfsVolumes open(ByteSource disk, List<VolumeKey> keys, Budget budget) throws ImageProblem {
        Appliance appliance = Appliance.launch(disk, budget);
        try {
            return new GuestfsVolumes(disk, keys, budget, appliance);
        } catch (ImageProblem | RuntimeException e) {
            appliance.close();
            throw e;
        }
    }

    /** All that was found, by name; what holds no files (swap, an encrypted container) among it. */
    public List<Mountable> list() {
        return mountables;
    }

    /** Whether a key opened that container; what is in it is listed then. */
    public boolean isUnlocked(Mountable container) {
        return unlocked.contains(container.name());
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
        if (mountable.encrypted()) {
            throw new Unsupported("encrypted", origin, "it is encrypted, and Stemma has no key that opens it", KEY);
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
                    "mount",
                    Appliance.text(mountable.name()),
                    Appliance.text(place),
                    Appliance.text("ro" + mountable.options()));
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
        GuestfsReader reader = reader(mountable, facts, origin, place);
        if (mountable.type().equals("ntfs")) {
            NtfsState.complaint((offset, count) -> device(mountable, offset, count))
                    .ifPresent(complaint -> reader.observe("not-unmounted", complaint));
        }
        return reader;
    }

    private byte[] device(Mountable mountable, long offset, int count) throws ImageProblem {
        return appliance
                .ask(
                        "read-device",
                        Appliance.text(mountable.name()),
                        Appliance.text(Integer.toString(count)),
                        Appliance.text(Long.toString(offset)))
                .getFirst();
    }

    private GuestfsReader reader(Mountable mountable, FileSystem facts, Origin origin, String place) {
        return new GuestfsReader(facts, mountable.subvolume(), below(mountable), origin, appliance, place, budget);
    }

    /** Where other subvolumes of the same btrfs appear below one. */
    private List<GuestPath> below(Mountable mountable) {
        if (mountable.subvolume().isEmpty()) {
            return List.of();
        }
        String own = mountable.subvolume().get().path();
        String start = own.isEmpty() ? "" : own + "/";
        return mountables.stream()
                .filter(one -> one != mountable && one.name().equals(mountable.name()))
                .flatMap(one -> one.subvolume().stream())
                .filter(one -> !one.path().isEmpty() && one.path().startsWith(start))
                .map(one -> GuestPath.parse("/" + one.path().substring(start.length())))
                .toList();
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
                    Integer.parseInt(text(fields.get(i + 5))),
                    subvolume(fields.subList(i + 7, i + 10)),
                    text(fields.get(i + 10)).equals("snapshot")));
        }
        return List.copyOf(all);
    }

    private static Optional<Subvolume> subvolume(List<byte[]> fields) {
        long id = Long.parseLong(text(fields.getFirst()));
        return id == 0
                ? Optional.empty()
                : Optional.of(new Subvolume(
                        id, escaped(text(fields.get(1))), text(fields.get(2)).equals("default")));
    }

    /** A path, each of its names in escaped form. */
    private static String escaped(String path) {
        StringBuilder escaped = new StringBuilder();
        for (String name : path.split("/", -1)) {
            escaped.append(escaped.isEmpty() ? "" : "/")
                    .append(name.isEmpty() ? "" : GuestName.ofText(name).escaped());
        }
        return escaped.toString();
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
