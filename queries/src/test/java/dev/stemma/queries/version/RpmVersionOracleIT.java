package dev.stemma.queries.version;

import java.util.List;
import org.junit.jupiter.api.Test;

/** rpm itself says what is older; needs Debian's package {@code rpm}. */
class RpmVersionOracleIT {

    private static final String[] PIECES = {
        "0", "1", "2", "9", "10", "007", ".", "..", "_", "+", "~", "~~", "^", "^^", "a", "b", "z", "A", "rc", "fc40",
        ".el9", "~rc1", "^git1"
    };
    private static final List<String> KNOWN = List.of(
            "1.0",
            "1.0-1",
            "1.0-2",
            "1:0.5-1",
            "0:1.0-1",
            "1.0~rc1-1",
            "1.0^-1",
            "1.0^git1-1",
            "1.0^git1~pre-1",
            "1.0~rc1^git1-1",
            "1.0a-1",
            "1.0.a-1",
            "1_0-1",
            "1.00-1",
            "1.0.-1",
            "10-1",
            "9-1",
            "1.0-1.fc40",
            "1.0-1.fc41",
            "1.0-1.1",
            "2a-1",
            "2.0-1",
            "5.5p1-1",
            "5.5p10-1",
            "xyz10-1",
            "xyz.4-1",
            "8-1",
            "20101121-1",
            "1.0+-1",
            "1++0-1");

    @Test
    void theOrderIsThatOfRpm() throws Exception {
        Pairs pairs = Pairs.of(KNOWN, PIECES, 5_000);
        // The script is fixed text: pairs come in as data.
        pairs.assertOrder(
                RpmVersion.ORDER,
                pairs.ask(
                        "rpm",
                        "--eval",
                        "%{lua: for line in io.lines() do local a, b = line:match('(%S+) (%S+)');"
                                + " print(rpm.vercmp(a, b)); print('\\n') end}"));
    }
}
