package dev.stemma.ingest.filesystem.guestfs;

import com.redhat.et.libguestfs.BTRFSSubvolume;
import com.redhat.et.libguestfs.GuestFS;
import com.redhat.et.libguestfs.LibGuestFSException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds what may be mounted. libguestfs leaves the default subvolume of a btrfs out of its list, for the device stands for it there; here the
 * device stands for the top level, and every other subvolume for itself. Runs in the child process only.
 */
final class Finding {

    private static final String TOP_LEVEL = "5";
    private static final String PEEK = "/peek";
    private static final String UNLOCKED = "/dev/mapper/luks-";

    private final GuestFS guest;
    private final List<byte[]> found = new ArrayList<>();

    Finding(GuestFS guest) {
        this.guest = guest;
    }

    /**
     * For each: device, type, UUID, label, size, partition number or 0, what it is; and of a btrfs the id of the subvolume or 0, its path,
     * {@code default} or nothing, {@code snapshot} or nothing.
     */
    List<byte[]> fileSystems() throws LibGuestFSException {
        Map<String, String> types = new TreeMap<>(guest.list_filesystems());
        types.putAll(Unlocking.containers(guest));
        for (String device : guest.list_dm_devices()) {
            // libguestfs does not look into what was unlocked unless it is a volume group.
            if (device.startsWith(UNLOCKED)) {
                String type = ApplianceMain.orEmpty(() -> guest.vfs_type(device));
                types.putIfAbsent(device, type.isEmpty() ? "unknown" : type);
            }
        }
        for (Map.Entry<String, String> entry : types.entrySet()) {
            String device = entry.getKey();
            if (device.startsWith("btrfsvol:")) {
                continue;
            }
            if (entry.getValue().equals("btrfs")) {
                btrfs(device);
            } else {
                add(device, entry.getValue(), kind(device), "0", "", "", "");
            }
        }
        return found;
    }

    private String kind(String device) throws LibGuestFSException {
        if (device.startsWith(UNLOCKED)) {
            return "UNLOCKED";
        }
        if (device.startsWith("/dev/md")) {
            return "ARRAY";
        }
        return guest.is_lv(device) ? "LOGICAL_VOLUME" : "PARTITION";
    }

    private void add(
            String device, String type, String kind, String subvolume, String path, String byDefault, String snapshot)
            throws LibGuestFSException {
        String number = ApplianceMain.orEmpty(() -> Integer.toString(guest.part_to_partnum(device)));
        for (String text : List.of(
                device,
                type,
                ApplianceMain.orEmpty(() -> guest.vfs_uuid(device)),
                ApplianceMain.orEmpty(() -> guest.vfs_label(device)),
                Long.toString(guest.blockdev_getsize64(device)),
                number.isEmpty() ? "0" : number,
                kind,
                subvolume,
                path,
                byDefault,
                snapshot)) {
            found.add(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void btrfs(String device) throws LibGuestFSException {
        String byDefault;
        BTRFSSubvolume[] subvolumes;
        try {
            guest.mkmountpoint(PEEK);
            guest.mount_options("ro,subvolid=" + TOP_LEVEL, device, PEEK);
        } catch (LibGuestFSException refused) {
            // Whoever mounts it in earnest learns why.
            ApplianceMain.orEmpty(this::removePeek);
            add(device, "btrfs", kind(device), "0", "", "", "");
            return;
        }
        try {
            byDefault = Long.toString(guest.btrfs_subvolume_get_default(PEEK));
            subvolumes = guest.btrfs_subvolume_list(PEEK);
            add(device, "btrfs", kind(device), TOP_LEVEL, "", isDefault(TOP_LEVEL, byDefault), "");
            for (BTRFSSubvolume one : subvolumes) {
                String id = Long.toString(one.btrfssubvolume_id);
                String path = one.btrfssubvolume_path;
                add(device, "btrfs", "SUBVOLUME", id, path, isDefault(id, byDefault), snapshot(PEEK + "/" + path));
            }
        } finally {
            guest.umount(PEEK, Map.of());
            removePeek();
        }
    }

    private String removePeek() throws LibGuestFSException {
        guest.rmmountpoint(PEEK);
        return "";
    }

    private static String isDefault(String id, String byDefault) {
        return id.equals(byDefault) ? "default" : "";
    }

    /** One that has a parent was made from it. */
    private String snapshot(String path) {
        String parent =
                ApplianceMain.orEmpty(() -> guest.btrfs_subvolume_show(path).get("Parent UUID"));
        return parent.isEmpty() || parent.equals("-") ? "" : "snapshot";
    }
}
