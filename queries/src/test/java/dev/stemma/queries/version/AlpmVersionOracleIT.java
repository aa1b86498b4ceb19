package dev.stemma.queries.version;

import java.util.List;
import org.junit.jupiter.api.Test;

/** pacman's own tool says what is older; needs Debian's package {@code pacman-package-manager}. */
class AlpmVersionOracleIT {

    private static final String[] PIECES = {
        "0", "1", "2", "9", "10", "007", ".", "..", "_", "+", "a", "b", "z", "A", "rc", "beta", ".r10.g", "alpha"
    };
    private static final List<String> KNOWN = List.of(
            "1.0",
            "1.0-1",
            "1.0-2",
            "1:0.5-1",
            "0:1.0-1",
            "1.0a-1",
            "1.0b-1",
            "1.0beta-1",
            "1.0p-1",
            "1.0pre-1",
            "1.0rc-1",
            "1.0.a-1",
            "1.0.1-1",
            "1.5.b-1",
            "1.5.b.1-1",
            "1.5-1",
            "1.5.-1",
            "1..0-1",
            "1_0-1",
            "1.00-1",
            "2.0a-1",
            "2.0.a-1",
            "1.0-1.1");

    @Test
    void theOrderIsThatOfPacman() throws Exception {
        Pairs pairs = Pairs.of(KNOWN, PIECES, 1_000);
        pairs.assertOrder(
                AlpmVersion.ORDER, pairs.ask("sh", "-c", "while read -r a b; do vercmp \"$a\" \"$b\" || exit 1; done"));
    }
}
