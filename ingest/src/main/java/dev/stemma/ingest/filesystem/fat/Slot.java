package dev.stemma.ingest.filesystem.fat;

import dev.stemma.graph.model.Times;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * One of the 32-byte slots of a directory: a file, a directory, the volume's label, a piece of a long name, or nothing.
 *
 * @param place of the slot on the volume, in slots: no two have the same
 */
record Slot(Fields fields, long place) {

    static final int LENGTH_BYTES = 32;

    private static final int READ_ONLY = 0x01;
    private static final int LABEL = 0x08;
    private static final int DIRECTORY = 0x10;
    private static final int LONG_NAME = 0x0f;
    private static final int DELETED = 0xe5;
    private static final int FIRST_YEAR = 1980;

    /** Nothing follows. */
    boolean end() throws Corrupt {
        return fields.u8(0) == 0;
    }

    boolean deleted() throws Corrupt {
        return fields.u8(0) == DELETED;
    }

    boolean longName() throws Corrupt {
        return (fields.u8(11) & 0x3f) == LONG_NAME;
    }

    boolean label() throws Corrupt {
        return (fields.u8(11) & LABEL) != 0;
    }

    boolean directory() throws Corrupt {
        return (fields.u8(11) & DIRECTORY) != 0;
    }

    boolean readOnly() throws Corrupt {
        return (fields.u8(11) & READ_ONLY) != 0;
    }

    /** The first cluster; 0 for an empty file, and in {@code ..} for the root. */
    long cluster(int bits) throws Corrupt {
        long high = bits == 28 ? (long) fields.u16(20) << 16 : 0;
        return (high | fields.u16(26)) & 0x0fff_ffffL;
    }

    long sizeBytes() throws Corrupt {
        return fields.u32(28);
    }

    /** The format has no time zone; UTC is taken, as Linux does where nobody tells it another. */
    Times times() throws Corrupt {
        Optional<Instant> created =
                time(fields.u16(16), fields.u16(14)).map(at -> at.plusMillis(Math.min(fields(13), 199) * 10L));
        return new Times(
                time(fields.u16(24), fields.u16(22)).orElse(Instant.EPOCH),
                Optional.empty(),
                time(fields.u16(18), 0),
                created);
    }

    private long fields(int at) {
        try {
            return fields.u8(at);
        } catch (Corrupt impossible) {
            throw new AssertionError("a slot has 32 bytes", impossible);
        }
    }

    private static Optional<Instant> time(int date, int time) {
        if (date == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(FIRST_YEAR + (date >>> 9), date >>> 5 & 15, date & 31, 0, 0)
                    .toInstant(ZoneOffset.UTC)
                    .plus(Duration.ofHours(time >>> 11)
                            .plusMinutes(time >>> 5 & 63)
                            .plusSeconds((time & 31) * 2L)));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
