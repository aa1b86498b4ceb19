package dev.stemma.ingest.analyze.software;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import java.nio.charset.StandardCharsets;

/** Names that are, or end with, some ASCII text; compared byte by byte, since every name of an image is. */
public final class NameEnd {

    private final byte[] end;
    private final boolean whole;

    private NameEnd(String text, boolean whole) {
        this.end = text.getBytes(StandardCharsets.US_ASCII);
        this.whole = whole;
    }

    /** Names that are exactly this. */
    public static NameEnd whole(String name) {
        return new NameEnd(name, true);
    }

    /** Names that end so and are longer. */
    public static NameEnd after(String ending) {
        return new NameEnd(ending, false);
    }

    /** Whether a name is one of these. */
    public boolean fits(GuestName name) {
        int start = name.length() - end.length;
        if (whole ? start != 0 : start <= 0) {
            return false;
        }
        for (int i = end.length - 1; i >= 0; i--) {
            if (name.at(start + i) != end[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the name that is so many steps above the last of a path is one of these: 0 is the last itself. */
    public boolean fits(GuestPath path, int up) {
        int index = path.depth() - 1 - up;
        return index >= 0 && fits(path.names().get(index));
    }
}
