package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Versions that are served as block devices. */
@Command(
        name = "exports",
        description = "List the versions that stemma export has made block devices of.",
        footer = "  stemma exports")
final class Exports extends Request {

    static final String PATH = "/api/v1/exports";

    static final Table TABLE = Table.of(
            Column.of("id", "id"),
            Column.of("version", "version"),
            Column.number("disk", "disk"),
            Column.bytes("size", "sizeBytes"),
            Column.of("writable", row -> row.path("writable").asBoolean() ? "yes" : "no"),
            Column.time("since", "since"),
            Column.number("clients", "clients"),
            Column.of("uri", "uri"));

    @Override
    public Integer call() {
        return print(service().get(PATH), "items", TABLE);
    }

    /** Begins to serve one. */
    @Command(
            name = "export",
            description = {
                "Make a block device of a version, unrestored: QEMU, libguestfs, nbdkit's tools and Linux open it by NBD on a unix socket of this computer. It stays open until stemma unexport or stemma down.",
                "Read-only unless --writable: what is written then is gone with the export, and the version is never changed."
            },
            footer = {"  stemma export web:1.2", "  stemma export web:stable --writable"})
    static final class Begin extends Request {

        @Parameters(index = "0", paramLabel = "REF", description = "A version, web:1.2, or a channel, web:stable.")
        String ref = "";

        @Option(names = "--disk", paramLabel = "N", defaultValue = "1", description = "Which of its disks. Default: 1.")
        int disk = 1;

        @Option(names = "--writable", description = "Let clients write, to an overlay that ends with the export.")
        boolean writable;

        @Override
        public Integer call() {
            ObjectNode wanted = Answer.object();
            wanted.put("version", ref).put("disk", disk).put("writable", writable);
            JsonNode export = service().post(PATH, wanted);
            if (output != Output.TABLE) {
                return print(export, List.of(export), TABLE);
            }
            String uri = Answer.text(export, "uri");
            String id = Answer.text(export, "id");
            terminal().line(uri);
            terminal().line("");
            terminal()
                    .line("Look into it:  guestfish --" + (writable ? "rw" : "ro") + " --format=raw -a 'nbd://?socket="
                            + Answer.text(export, "socket") + "' -i");
            terminal().line("Convert it:    qemu-img convert -f raw -O qcow2 '" + uri + "' copy.qcow2");
            terminal()
                    .line("Boot it:       qemu-system-x86_64 -m 1G -drive 'file=" + uri + ",format=raw,if=virtio"
                            + (writable ? "'" : "' -snapshot"));
            terminal().line("End it:        stemma unexport " + id);
            return 0;
        }
    }

    /** Ends some. */
    @Command(
            name = "unexport",
            description = "End exports. Clients lose their connections, and what they wrote is gone.",
            footer = {"  stemma unexport e1", "  stemma unexport --all"})
    static final class End extends Request {

        @ArgGroup(multiplicity = "1")
        Which which = new Which();

        /** One or more, or all. */
        static final class Which {
            @Parameters(arity = "1..*", paramLabel = "ID", description = "Of an export: stemma exports.")
            List<String> ids = List.of();

            @Option(names = "--all", description = "All that are open.")
            boolean all;
        }

        @Override
        public Integer call() {
            List<String> ids = new ArrayList<>(which.ids);
            if (which.all) {
                Answer.list(service().get(PATH), "items").forEach(export -> ids.add(Answer.text(export, "id")));
            }
            ObjectNode ended = Answer.object();
            var items = ended.putArray("items");
            ids.forEach(id -> items.add(service().delete(PATH + "/" + ServiceClient.encoded(id))));
            return print(ended, "items", TABLE);
        }
    }
}
