package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a version of what was taken of a machine. */
@Command(
        name = "capture",
        description = {
            "Check in an image that was captured of a machine: a version that derives from what the machine runs, or ran last.",
            "Without --chain and --new-chain it goes on the chain of that. Take the image first, of a machine that is stopped, or of a snapshot."
        },
        footer = "  stemma capture shop-1 /srv/images/shop-1-today.qcow2 -m 'as it was before the sale'")
final class Capture extends JobCommand {

    @Parameters(index = "0", paramLabel = "MACHINE", description = "A machine: its name, id, or branch (web:1.2.3).")
    String machine = "";

    @Parameters(
            index = "1",
            paramLabel = "IMAGE",
            description = "A disk image on this computer that was taken of it, or an image that is known.")
    String image = "";

    @Mixin
    NewVersion version = new NewVersion();

    @Override
    public Integer call() {
        ObjectNode wanted = version.of(image, timeLimit);
        wanted.put("machine", machine);
        return submit("/api/v1/captures", wanted);
    }
}
