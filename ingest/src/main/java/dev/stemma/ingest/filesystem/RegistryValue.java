package dev.stemma.ingest.filesystem;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A value of a registry key.
 *
 * @param type {@code REG_SZ} is 1, {@code REG_EXPAND_SZ} 2, {@code REG_DWORD} 4, {@code REG_QWORD} 11, after winnt.h
 * @param data as it lies in the hive
 */
public record RegistryValue(int type, byte[] data) {

    private static final int MAX_TEXT_BYTES = 64 << 10;

    public RegistryValue {
        data = data.clone();
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    /** A text without the zero that ends it, control characters left out; empty for other types, and for none. */
    public Optional<String> text() {
        if (type != 1 && type != 2) {
            return Optional.empty();
        }
        String text = new String(data, 0, Math.min(data.length & ~1, MAX_TEXT_BYTES), StandardCharsets.UTF_16LE);
        int end = text.indexOf('\0');
        String plain = (end < 0 ? text : text.substring(0, end))
                .replaceAll("\\p{Cntrl}", "")
                .strip();
        return plain.isEmpty() ? Optional.empty() : Optional.of(plain);
    }

    /** A number without sign of 32 bits; empty for other types. */
    public OptionalLong number() {
        if (type != 4 || data.length < 4) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                data[0] & 0xffL | (data[1] & 0xffL) << 8 | (data[2] & 0xffL) << 16 | (data[3] & 0xffL) << 24);
    }
}
