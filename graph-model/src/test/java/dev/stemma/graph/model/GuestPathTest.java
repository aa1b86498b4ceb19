package dev.stemma.graph.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GuestPathTest {

    /** Replay with -Dstemma.seed=… */
    private static final long SEED = Long.getLong("stemma.seed", 20_261_128L);

    @Test
    void anyPathComesBackFromItsEscapedForm() {
        Random random = new Random(SEED);
        for (int round = 0; round < 5_000; round++) {
            GuestPath path = randomPath(random);
            assertThat(GuestPath.parse(path.escaped()))
                    .as("seed %d, round %d: %s", SEED, round, path)
                    .isEqualTo(path);
        }
    }

    @Test
    void dotsAreResolvedAndNeverLeaveTheRoot() {
        assertThat(GuestPath.parse("/a/./b//c/../d")).hasToString("/a/b/d");
        assertThat(GuestPath.parse("/../../etc/passwd")).hasToString("/etc/passwd");
        assertThat(GuestPath.parse("/..")).isEqualTo(GuestPath.ROOT);
        assertThat(GuestPath.parse("/")).isEqualTo(GuestPath.ROOT);
        assertThatThrownBy(() -> GuestPath.parse("etc/passwd")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GuestPath.parse("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChildsParentIsThePathItself() {
        GuestPath path = GuestPath.parse("/usr/bin");
        assertThat(path.child(GuestName.ofText("env")).parent()).isEqualTo(path);
        assertThat(path.child(GuestName.ofText("env")).name()).isEqualTo(GuestName.ofText("env"));
        assertThat(GuestPath.ROOT.parent()).isEqualTo(GuestPath.ROOT);
        assertThat(GuestPath.ROOT.name()).isEqualTo(GuestName.EMPTY);
        assertThat(path.depth()).isEqualTo(2);
    }

    @Test
    void aDirectoryComesBeforeWhatIsInItAndThatBeforeItsNeighbours() {
        List<String> order = List.of("/", "/a", "/a/b", "/a/b/c", "/a-b", "/a.b", "/b");
        List<GuestPath> paths =
                new ArrayList<>(order.reversed().stream().map(GuestPath::parse).toList());
        paths.sort(null);
        assertThat(paths).extracting(GuestPath::escaped).isEqualTo(order);
    }

    private static GuestPath randomPath(Random random) {
        GuestPath path = GuestPath.ROOT;
        for (int depth = random.nextInt(6); depth > 0; depth--) {
            byte[] bytes = GuestNameTest.randomBytes(random);
            for (int i = 0; i < bytes.length; i++) {
                // The two bytes that no name in a file system has.
                bytes[i] = bytes[i] == '/' || bytes[i] == 0 ? (byte) '_' : bytes[i];
            }
            GuestName name = GuestName.of(bytes);
            path = name.length() == 0 || name.is(".") || name.is("..") ? path : path.child(name);
        }
        return path;
    }
}
