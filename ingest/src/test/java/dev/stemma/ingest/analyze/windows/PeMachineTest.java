package dev.stemma.ingest.analyze.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.filesystem.RegistryValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeMachineTest {

    private static byte[] program(int machine, int offset) {
        ByteBuffer header = ByteBuffer.allocate(PeMachine.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(0, (byte) 'M').put(1, (byte) 'Z').putInt(0x3c, offset);
        header.put(offset, (byte) 'P').put(offset + 1, (byte) 'E').putShort(offset + 4, (short) machine);
        return header.array();
    }

    @ParameterizedTest
    @CsvSource({"0x8664, x86_64", "0x14c, i686", "0xaa64, aarch64", "0x1c4, armv7l", "0x200, ia64"})
    void theMachineIsInTheHeader(String machine, String name) {
        assertThat(PeMachine.parse(program(Integer.decode(machine), 0x80))).contains(name);
    }

    @Test
    void whatIsNoProgramHasNone() {
        assertThat(PeMachine.parse(new byte[0])).isEmpty();
        assertThat(PeMachine.parse(program(0x1234, 0x80))).isEmpty();
        byte[] beyond = program(0x8664, 0x80);
        ByteBuffer.wrap(beyond).order(ByteOrder.LITTLE_ENDIAN).putInt(0x3c, 0xfffffff0);
        assertThat(PeMachine.parse(beyond)).isEmpty();
    }

    @Test
    void anyBytesEndInAnAnswer() {
        long seed = Long.getLong("seed", 20_261_128L);
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            if (bytes.length > 64) {
                bytes[0] = 'M';
                bytes[1] = 'Z';
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0x3c, random.nextInt(400) - 50);
            }
            assertThat(PeMachine.parse(bytes))
                    .as("seed %d, round %d", seed, round)
                    .isNotNull();
            assertThat(new RegistryValue(random.nextInt(12), bytes).text()).isNotNull();
        }
    }

    @Test
    void textsEndAtTheirZeroAndHoldNoControls() {
        byte[] bytes = "Größe\u0007 1\0rest".getBytes(StandardCharsets.UTF_16LE);
        assertThat(new RegistryValue(1, bytes).text()).contains("Größe 1");
        assertThat(new RegistryValue(4, new byte[] {1, 0, 0, (byte) 0x80}).number())
                .hasValue(0x80000001L);
        assertThat(new RegistryValue(3, bytes).text()).isEmpty();
    }
}
