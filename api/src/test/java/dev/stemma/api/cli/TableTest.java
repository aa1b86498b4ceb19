package dev.stemma.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final Table TABLE =
            Table.of(Column.of("name", "name"), Column.bytes("size", "size"), Column.of("nothing", "nothing"));

    private static final List<JsonNode> ROWS = List.of(
            Answer.parse("{\"name\": \"a, \\\"b\\\"\", \"size\": 1400000000}"),
            Answer.parse("{\"name\": \"a name that is very long indeed and longer than the screen\", \"size\": 7}"));

    private static String printed(Table table, List<JsonNode> rows, int width) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        table.print(rows, new Terminal(stream, stream, true, width));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aTableFitsTheTerminalAndLeavesOutEmptyColumns() {
        String table = printed(TABLE, ROWS, 40);
        assertThat(table.lines()).hasSize(3).allMatch(line -> line.length() <= 40);
        assertThat(table).contains("1.40 GB").contains("…").doesNotContain("NOTHING");
    }

    @Test
    void wideEnoughNothingIsCut() {
        assertThat(printed(TABLE, ROWS, Integer.MAX_VALUE))
                .contains("longer than the screen")
                .doesNotContain("…");
    }

    @Test
    void whatAGuestNamedCannotReachTheTerminal() {
        JsonNode hostile = Answer.parse("{\"name\": \"\\u001b]0;x\\u0007\\nline\\u202egpj\"}");
        String table = printed(TABLE, List.of(hostile), 80);
        assertThat(table.lines()).hasSize(2);
        assertThat(table).contains("\\x1b]0;x\\x07\\x0aline\\u{202e}gpj");
    }

    @Test
    void csvQuotesAsRfc4180AndGivesBytesAsNumbers() {
        List<String> lines = new ArrayList<>();
        TABLE.csvHeader(lines::add);
        TABLE.csv(ROWS.getFirst(), lines::add);
        assertThat(lines).containsExactly("name,size,nothing", "\"a, \"\"b\"\"\",1400000000,");
    }

    @Test
    void sizesRoundWithoutFourDigits() {
        assertThat(Column.size(999)).isEqualTo("999 B");
        assertThat(Column.size(1_000)).isEqualTo("1.00 kB");
        assertThat(Column.size(999_999)).isEqualTo("1.00 MB");
        assertThat(Column.size(123_456_789)).isEqualTo("123.5 MB");
    }

    @Test
    void modesLookAsLsShowsThem() {
        assertThat(Ls.mode(Answer.parse("{\"kind\": \"file\", \"mode\": 2541}")))
                .isEqualTo("-rwsr-xr-x");
        assertThat(Ls.mode(Answer.parse("{\"kind\": \"dir\", \"mode\": 1023}"))).isEqualTo("drwxrwxrwt");
        assertThat(Ls.mode(Answer.parse("{\"kind\": \"link\", \"mode\": 511}"))).isEqualTo("lrwxrwxrwx");
    }

    @Test
    void packageUrlsReadAsNameAndVersion() {
        assertThat(PurlNames.brief("pkg:deb/debian/bash@5.2.15-2%2Bb8?arch=amd64"))
                .isEqualTo("bash 5.2.15-2+b8");
        assertThat(PurlNames.brief("odd")).isEqualTo("odd");
    }

    @Test
    void progressTellsFilesBytesSpeedAndTimeLeft() {
        JsonNode progress = Answer.parse(
                "{\"path\": \"/x/web.qcow2\", \"stage\": \"reading\", \"files\": 12000, \"bytes\": 500000000,"
                        + " \"totalBytes\": 1000000000, \"bytesPerSecond\": 250000000, \"secondsLeft\": 75}");
        assertThat(Progress.line(progress))
                .isEqualTo("web.qcow2: reading, 12,000 files, 500.0 MB of 1.00 GB, 250.0 MB/s, 1:15 min left");
    }
}
