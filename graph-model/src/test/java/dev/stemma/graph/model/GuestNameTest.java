package dev.stemma.graph.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestNameTest {

    /** Replay with -Dstemma.seed=… */
    private static final long SEED = Long.getLong("stemma.seed", 20_261_128L);

    @Test
    void anyBytesComeBackFromTheirEscapedForm() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = randomBytes(random);
            GuestName name = GuestName.of(bytes);
            String escaped = name.escaped();
            assertThat(GuestName.parse(escaped).bytes())
                    .as("seed %d, round %d: %s", SEED, round, escaped)
                    .isEqualTo(bytes);
            assertThat(escaped.codePoints())
                    .as("seed %d, round %d: only printable characters", SEED, round)
                    .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        }
    }

    @Test
    void differentBytesHaveDifferentEscapedForms() {
        List<String> forms = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            forms.add(GuestName.of(new byte[] {(byte) value}).escaped());
        }
        forms.add(GuestName.ofText("\\x00").escaped());
        forms.add(GuestName.ofText("\\x5cx00").escaped());
        assertThat(forms).doesNotHaveDuplicates();
    }

    @Test
    void namesAreOrderedByTheirUnsignedBytes() {
        Random random = new Random(SEED);
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            all.add(randomBytes(random));
        }
        List<GuestName> names = new ArrayList<>(all.stream().map(GuestName::of).toList());
        all.sort(Arrays::compareUnsigned);
        names.sort(null);
        for (int i = 0; i < all.size(); i++) {
            assertThat(names.get(i).bytes()).as("seed %d", SEED).isEqualTo(all.get(i));
        }
    }

    @Test
    void whatAGuestMayUseToDeceiveIsShownAsBytes() {
        assertThat(GuestName.ofText("a\nb").escaped()).isEqualTo("a\\x0ab");
        assertThat(GuestName.ofText("a\u001b[31m").escaped()).isEqualTo("a\\x1b[31m");
        assertThat(GuestName.ofText("a\u202egpj").escaped()).isEqualTo("a\\xe2\\x80\\xaegpj");
        assertThat(GuestName.ofText("back\\slash").escaped()).isEqualTo("back\\x5cslash");
        assertThat(GuestName.ofText("Grün 漢字 😀").escaped()).isEqualTo("Grün 漢字 😀");
        assertThat(GuestName.of(new byte[] {'a', (byte) 0xff, 'b'}).escaped()).isEqualTo("a\\xffb");
        // An overlong slash (C0 AF) and half a surrogate pair (ED A0 80) are not UTF-8.
        assertThat(GuestName.of(new byte[] {(byte) 0xc0, (byte) 0xaf}).escaped())
                .isEqualTo("\\xc0\\xaf");
        assertThat(GuestName.of(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})
                        .escaped())
                .isEqualTo("\\xed\\xa0\\x80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "\\x", "\\x1", "a\\n", "\\xzz", "\\x-1", "\\x+1", "\\X41"})
    void aBadEscapeIsRefused(String escaped) {
        assertThatThrownBy(() -> GuestName.parse(escaped)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itsBytesCannotBeChangedFromOutside() {
        byte[] bytes = {'a'};
        GuestName name = GuestName.of(bytes);
        bytes[0] = 'b';
        name.bytes()[0] = 'c';
        assertThat(name.is("a")).isTrue();
        assertThat(name).isEqualTo(GuestName.ofText("a")).hasSameHashCodeAs(GuestName.ofText("a"));
    }

    /** Raw bytes, text, and text with a byte knocked out: what readers meet. */
    static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(24)];
        if (random.nextInt(3) == 0) {
            random.nextBytes(bytes);
            return bytes;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            int c = random.nextInt(5) == 0 ? random.nextInt(0x110000) : 0x20 + random.nextInt(0x60);
            text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? '\\' : c);
        }
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 0 && random.nextBoolean()) {
            utf8[random.nextInt(utf8.length)] = (byte) random.nextInt(256);
        }
        return utf8;
    }
}
