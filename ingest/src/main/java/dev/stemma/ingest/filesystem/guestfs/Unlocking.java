package dev.stemma.ingest.filesystem.guestfs;

import com.redhat.et.libguestfs.GuestFS;
import com.redhat.et.libguestfs.LibGuestFSException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Opens LUKS containers, and what volume manager lies in them. Keys come by the pipe from the parent process and go to libguestfs as bytes; no
 * message has one. Runs in the child process only.
 */
final class Unlocking {

    /** One container in another, with a volume manager between, is as deep as installers go. */
    private static final int MAX_DEPTH = 3;

    private final GuestFS guest;
    private final RawCalls raw;

    Unlocking(GuestFS guest, RawCalls raw) {
        this.guest = guest;
        this.raw = raw;
    }

    /** The devices that one of the passphrases opened. Each then stands under its name of {@link #mapped}. */
    List<byte[]> open(List<byte[]> passphrases) throws LibGuestFSException {
        Set<String> opened = new LinkedHashSet<>();
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            boolean more = false;
            for (Map.Entry<String, String> container : containers(guest).entrySet()) {
                String device = container.getKey();
                if (container.getValue().equals("crypto_LUKS")
                        && !opened.contains(device)
                        && open(device, passphrases)) {
                    opened.add(device);
                    more = true;
                }
            }
            if (!more) {
                break;
            }
            guest.lvm_scan(true);
        }
        return opened.stream()
                .map(device -> device.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** All encrypted containers, which libguestfs leaves out of its list of file systems, with their types. */
    static Map<String, String> containers(GuestFS guest) throws LibGuestFSException {
        Map<String, String> containers = new TreeMap<>();
        for (String[] devices : List.of(
                guest.list_devices(),
                guest.list_partitions(),
                guest.list_md_devices(),
                guest.lvs(),
                guest.list_dm_devices())) {
            for (String device : devices) {
                String type = ApplianceMain.orEmpty(() -> guest.vfs_type(device));
                if (type.equals("crypto_LUKS") || type.equals("BitLocker")) {
                    containers.put(device, type);
                }
            }
        }
        return containers;
    }

    private boolean open(String device, List<byte[]> passphrases) {
        for (byte[] passphrase : passphrases) {
            try {
                raw.unlock(
                        device.getBytes(StandardCharsets.UTF_8),
                        passphrase,
                        mapped(guest, device).substring("/dev/mapper/".length()));
                return true;
            } catch (IOException | LibGuestFSException wrong) {
                continue; // The next one may fit; the parent says what none opened.
            }
        }
        return false;
    }

    /** Where an opened container stands, named as systemd names it: by the UUID of the container. */
    static String mapped(GuestFS guest, String device) throws LibGuestFSException {
        return "/dev/mapper/luks-" + guest.luks_uuid(device);
    }
}
