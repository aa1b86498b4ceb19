package dev.stemma.ingest.filesystem.guestfs;

import com.redhat.et.libguestfs.GuestFS;
import com.redhat.et.libguestfs.LibGuestFSException;
import com.redhat.et.libguestfs.StatVFS;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The child process that holds one libguestfs handle, and so one appliance with one disk. It answers requests on its standard
 * input one by one until that ends, and then ends itself. Nothing here judges or interprets what a guest wrote.
 */
final class ApplianceMain {

    private final GuestFS guest;
    private final RawCalls raw;
    private final Registry registry;

    private ApplianceMain(GuestFS guest) throws LibGuestFSException {
        this.guest = guest;
        this.raw = new RawCalls(guest.c_pointer());
        this.registry = new Registry(guest, raw);
    }

    public static void main(String[] arguments) throws IOException, LibGuestFSException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        // Whatever prints goes to the log, not between the answers.
        System.setOut(System.err);
        ApplianceMain appliance = new ApplianceMain(new GuestFS());
        while (true) {
            Wire request;
            try {
                request = Wire.receive(in);
            } catch (EOFException end) {
                break;
            }
            appliance.answer(request).send(out);
        }
        // Not close(): the disk is read-only and the overlay is thrown away, so the appliance may as well be killed.
        Runtime.getRuntime().halt(0);
    }

    private Wire answer(Wire request) {
        try {
            return new Wire("ok", perform(request.word(), request.parts()));
        } catch (LibGuestFSException | IOException | RuntimeException e) {
            return new Wire("failed", List.of(bytes(String.valueOf(e.getMessage()))));
        }
    }

    private List<byte[]> perform(String word, List<byte[]> parts) throws LibGuestFSException, IOException {
        return switch (word) {
            case "launch" -> launch(text(parts, 0), text(parts, 1), text(parts, 2));
            case "file-systems" -> new Finding(guest).fileSystems();
            case "unlock" -> new Unlocking(guest, raw).open(parts);
            case "mount" -> mount(text(parts, 0), text(parts, 1), text(parts, 2));
            case "names" -> {
                raw.listNames(parts.get(0), text(parts, 1));
                yield List.of();
            }
            case "stat" -> raw.stat(parts.getFirst(), parts.subList(1, parts.size()));
            case "links" -> raw.links(parts.getFirst(), parts.subList(1, parts.size()));
            case "xattrs" -> raw.xattrs(parts.getFirst(), parts.subList(1, parts.size()));
            case "read" -> List.of(raw.read(parts.get(0), number(parts, 1), Long.parseLong(text(parts, 2))));
            case "read-device" ->
                List.of(raw.readDevice(parts.get(0), number(parts, 1), Long.parseLong(text(parts, 2))));
            case "registry-values" -> registry.values(text(parts, 0), text(parts, 1), parts.subList(2, parts.size()));
            case "registry-below" -> registry.below(text(parts, 0), text(parts, 1), parts.subList(2, parts.size()));
            case "digests" -> {
                guest.checksums_out("sha256", text(parts, 0), text(parts, 1));
                yield List.of();
            }
            default -> throw new IOException("no request is called " + word);
        };
    }

    private List<byte[]> launch(String socket, String accelerator, String work) throws LibGuestFSException {
        guest.set_backend("direct");
        guest.set_backend_settings(accelerator.equals("tcg") ? new String[] {"force_tcg"} : new String[0]);
        guest.set_tmpdir(work);
        guest.set_network(false);
        guest.set_autosync(false);
        Map<String, Object> options = new TreeMap<>();
        // The format is stated, so nothing is probed; a read-only drive gets an overlay, into which a journal may be
        // replayed.
        options.put("format", "raw");
        options.put("readonly", Boolean.TRUE);
        options.put("protocol", "nbd");
        options.put("server", new String[] {"unix:" + socket});
        guest.add_drive("", options);
        guest.launch();
        return List.of();
    }

    interface Question {
        @Nullable
        String ask() throws LibGuestFSException;
    }

    /** What is not there is an error to libguestfs. */
    static String orEmpty(Question question) {
        try {
            String answer = question.ask();
            return answer == null ? "" : answer;
        } catch (LibGuestFSException none) {
            return "";
        }
    }

    private List<byte[]> mount(String mountable, String place, String options) throws LibGuestFSException {
        guest.mkmountpoint(place);
        guest.mount_options(options, mountable, place);
        StatVFS usage = guest.statvfs(place);
        return List.of(
                bytes(Long.toString(usage.blocks * usage.frsize)),
                bytes(Long.toString((usage.blocks - usage.bfree) * usage.frsize)));
    }

    private static String text(List<byte[]> parts, int index) {
        return new String(parts.get(index), StandardCharsets.UTF_8);
    }

    private static int number(List<byte[]> parts, int index) {
        return Integer.parseInt(text(parts, index));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
