package dev.stemma.ingest.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** OVF packages, written with tar as their makers do: the envelope first, then the disks. */
public final class Ova {

    private final List<String> files = new ArrayList<>();
    private final List<String> disks = new ArrayList<>();
    private final Path directory;

    /** @param directory in which the disks lie */
    public Ova(Path directory) {
        this.directory = directory;
    }

    /** A disk of the package. */
    public Ova disk(String file) {
        return disk(file, "");
    }

    /** @param more attributes of the file's element */
    Ova disk(String file, String more) {
        int number = files.size() + 1;
        files.add("<File ovf:id=\"file" + number + "\" ovf:href=\"" + file + "\" " + more + "/>");
        String format = file.endsWith(".vmdk")
                ? "ovf:format=\"http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized\""
                : "";
        disks.add("<Disk ovf:diskId=\"disk" + number + "\" ovf:fileRef=\"file" + number + "\" ovf:capacity=\"1\" "
                + format + "/>");
        return this;
    }

    /** The envelope alone. */
    Path envelope(String name) throws Exception {
        return Files.writeString(
                directory.resolve(name),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\""
                        + " xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\">\n<References>\n"
                        + String.join("\n", files) + "\n</References>\n<DiskSection><Info>Disks</Info>\n"
                        + "<Disk ovf:diskId=\"empty\" ovf:capacity=\"100\"/>\n"
                        + String.join("\n", disks) + "\n</DiskSection>\n</Envelope>\n");
    }

    /** The archive, with these files of the directory after the envelope. */
    public Path archive(String name, String... contents) throws Exception {
        envelope("package.ovf");
        List<String> command = new ArrayList<>(List.of(
                "tar",
                "--format=ustar",
                "-C",
                directory.toString(),
                "-cf",
                directory.resolve(name).toString()));
        command.add("package.ovf");
        command.addAll(List.of(contents));
        Qemu.run(command.toArray(String[]::new));
        return directory.resolve(name);
    }
}
