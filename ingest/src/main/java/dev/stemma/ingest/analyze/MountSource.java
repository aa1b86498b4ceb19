package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.analyze.GuestRoots.Candidate;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Subvolume;
import dev.stemma.ingest.volume.LogicalVolume;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which file system the first field of a line of {@code fstab} means: a UUID, a label, a partition or a device. Stateless. */
final class MountSource {

    private static final Pattern DEVICE =
            Pattern.compile("/dev/(?:(?:sd|vd|xvd|hd)([a-z])|nvme(\\d{1,3})n\\d+p)(\\d+)");
    private static final Pattern LINKED = Pattern.compile("/dev/disk/by-(uuid|label|partuuid|partlabel)/(.+)");

    private MountSource() {}

    /** Whether a line means that one; of a btrfs also whether it means that subvolume. */
    static boolean names(Fstab.Line line, Candidate candidate, List<Candidate> all) {
        boolean several = all.stream().anyMatch(one -> one.volume() > 0);
        String source = named(line.source());
        Optional<Subvolume> subvolume = candidate.reader().subvolume();
        if (subvolume.isEmpty()) {
            return matches(source, candidate, several);
        }
        // Subvolumes have no device of their own: what means one of a btrfs means it whole.
        return isWanted(line, subvolume.get())
                && all.stream()
                        .filter(one -> one == candidate || isSameBtrfs(one, candidate))
                        .anyMatch(one -> matches(source, one, several));
    }

    static boolean isSameBtrfs(Candidate one, Candidate other) {
        return one.reader().subvolume().isPresent()
                && other.reader().subvolume().isPresent()
                && one.volume() == other.volume()
                && one.reader().facts().uuid().equals(other.reader().facts().uuid());
    }

    /** Whether the options ask for that subvolume; the default one where they ask for none. */
    static boolean isWanted(Fstab.Line line, Subvolume subvolume) {
        Optional<String> path = line.option("subvol");
        if (path.isPresent()) {
            return path.get().replaceFirst("^/+", "").equals(subvolume.path());
        }
        Optional<String> id = line.option("subvolid");
        return id.isPresent() ? id.get().equals(Long.toString(subvolume.id())) : subvolume.byDefault();
    }

    /** Whether a line means that subvolume as far as its file system tells: a device's name may be anybody's. */
    static boolean mayMean(Fstab.Line line, FileSystemReader reader) {
        if (reader.subvolume().filter(one -> isWanted(line, one)).isEmpty()) {
            return false;
        }
        String source = named(line.source());
        String value = source.substring(source.indexOf('=') + 1);
        return source.startsWith("UUID=")
                ? is(reader.facts().uuid(), value)
                : !source.startsWith("LABEL=")
                        || reader.facts().label().filter(value::equals).isPresent();
    }

    private static String named(String source) {
        Matcher linked = LINKED.matcher(source);
        return linked.matches() ? linked.group(1).toUpperCase(java.util.Locale.ROOT) + "=" + linked.group(2) : source;
    }

    private static boolean matches(String source, Candidate candidate, boolean severalVolumes) {
        FileSystem facts = candidate.reader().facts();
        Partition partition = candidate.partition();
        int equals = source.indexOf('=');
        if (equals < 0) {
            if (LogicalVolume.is(partition)) {
                return isLogicalVolume(source, partition.type().orElse(""));
            }
            Matcher device = DEVICE.matcher(source);
            return device.matches()
                    && device.group(3).equals(String.valueOf(partition.number()))
                    && (!severalVolumes || disk(device) == candidate.volume());
        }
        String value = source.substring(equals + 1);
        return switch (source.substring(0, equals)) {
            case "UUID" -> is(facts.uuid(), value);
            case "LABEL" -> facts.label().filter(value::equals).isPresent();
            case "PARTUUID" -> is(partition.uuid(), value);
            case "PARTLABEL" -> partition.name().filter(value::equals).isPresent();
            default -> false;
        };
    }

    /** Which disk a device's name means, where the image holds all of the machine's. */
    private static int disk(Matcher device) {
        return device.group(1) == null
                ? Integer.parseInt(device.group(2))
                : device.group(1).charAt(0) - 'a';
    }

    /** {@code /dev/vg/lv}, or the device mapper's {@code /dev/mapper/vg-lv}, where a dash within a name is doubled. */
    private static boolean isLogicalVolume(String source, String volume) {
        if (!volume.startsWith("lvm:")) {
            // A guest numbers its arrays by a file of its own, so a device name says nothing about which one it is.
            return false;
        }
        String name = volume.substring("lvm:".length());
        String mapped = name.replace("-", "--").replace('/', '-');
        return source.equals("/dev/" + name) || source.equals("/dev/mapper/" + mapped);
    }

    private static boolean is(Optional<String> uuid, String value) {
        return uuid.filter(value::equalsIgnoreCase).isPresent();
    }
}
