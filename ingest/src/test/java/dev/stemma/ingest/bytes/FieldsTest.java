package dev.stemma.ingest.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FieldsTest {

    private static final byte[] BYTES = HexFormat.of().parseHex("ff01020304050607ffffffffffffffff");
    private static final Origin ORIGIN = Origin.of("disk").within("header");

    @Test
    void readsInEitherOrder() throws Exception {
        Fields big = Fields.of(BYTES, ORIGIN, ByteOrder.BIG_ENDIAN);
        Fields little = Fields.of(BYTES, ORIGIN, ByteOrder.LITTLE_ENDIAN);
        assertThat(big.u8(0)).isEqualTo(255);
        assertThat(big.u16(0)).isEqualTo(0xff01);
        assertThat(little.u16(0)).isEqualTo(0x01ff);
        assertThat(big.u32(0)).isEqualTo(0xff010203L);
        assertThat(little.u32(1)).isEqualTo(0x04030201L);
        assertThat(little.i64(0)).isEqualTo(0x07060504030201ffL);
        assertThat(big.part("name", 1, 3).u16(1)).isEqualTo(0x0203);
        assertThat(big.has(1, (byte) 1, (byte) 2)).isTrue();
        assertThat(big.has(15, (byte) -1, (byte) -1)).isFalse();
        assertThat(big.has(-1, (byte) -1)).isFalse();
    }

    @Test
    void aFieldOutsideOfTheStructureIsCorruptWithThePlace() {
        Fields fields = Fields.of(BYTES, ORIGIN, ByteOrder.BIG_ENDIAN);
        assertThatThrownBy(() -> fields.u32(13))
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining("disk › header")
                .hasMessageContaining("13 to 17 of 16");
        assertThatThrownBy(() -> fields.u8(-1)).isInstanceOf(Corrupt.class);
        assertThatThrownBy(() -> fields.bytes(8, Long.MAX_VALUE)).isInstanceOf(Corrupt.class);
        assertThatThrownBy(() -> fields.part("part", 10, 7)).isInstanceOf(Corrupt.class);
    }

    @Test
    void aSizeOf2To63OrMoreIsCorrupt() {
        Fields fields = Fields.of(BYTES, ORIGIN, ByteOrder.BIG_ENDIAN);
        assertThatThrownBy(() -> fields.u63(8))
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining("18446744073709551615");
    }
}
