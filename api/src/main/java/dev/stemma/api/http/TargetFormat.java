package dev.stemma.api.http;

import dev.stemma.ingest.reference.OvaCheckOut;
import java.util.Locale;
import java.util.Optional;

/** What a file is expected to be by the end of its name. */
final class TargetFormat {

    private TargetFormat() {}

    /** The format that a name ends in; empty where it ends in none. */
    static Optional<String> of(String target) {
        String ending = target.substring(target.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "raw", "qcow2", "vmdk", "vdi", "vhdx", "vpc", OvaCheckOut.FORMAT -> Optional.of(ending);
            case "vhd" -> Optional.of("vpc");
            default -> Optional.empty();
        };
    }
}
