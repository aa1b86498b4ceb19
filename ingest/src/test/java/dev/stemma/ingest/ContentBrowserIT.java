package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.OverBudget;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Single paths straight from a real Debian's disk, behind a qcow2 overlay. */
class ContentBrowserIT {

    private final DebianDisks disks = DebianDisks.built();
    private ContentBrowser browser;

    @BeforeEach
    void open() throws Exception {
        browser = ContentBrowser.open(
                disks.overlay(), disks.rules(), OptionalInt.empty(), Budget.of(Duration.ofMinutes(2)));
    }

    @AfterEach
    void close() throws Exception {
        browser.close();
    }

    @Test
    void contentIsThatOfTheTree() throws Exception {
        SortedMap<String, Listed> tree = disks.listing();
        for (String path : List.of("/etc/passwd", "/usr/bin/bash", "/srv/traps/new\\x0aline", "/srv/traps/empty")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(browser.cat(GuestPath.parse(path), out, 10 << 20)).isTrue();
            assertThat(tree).containsKey(path);
            assertThat(Digest.sha256(out.toByteArray()).hex())
                    .as(path)
                    .isEqualTo(Objects.requireNonNull(tree.get(path)).content());
        }
    }

    @Test
    void linksLeadThroughTheGuestAndNeverToTheHost() throws Exception {
        ByteArrayOutputStream direct = new ByteArrayOutputStream();
        ByteArrayOutputStream linked = new ByteArrayOutputStream();
        assertThat(browser.cat(GuestPath.parse("/etc/passwd"), direct, 1 << 20)).isTrue();
        assertThat(browser.cat(GuestPath.parse("/srv/traps/link"), linked, 1 << 20))
                .isTrue();
        assertThat(linked.toByteArray()).isEqualTo(direct.toByteArray());
        // Through /bin, a link to usr/bin in a merged /usr.
        assertThat(browser.list(GuestPath.parse("/bin")).orElseThrow())
                .extracting(entry -> entry.path().escaped())
                .contains("/usr/bin/bash");
        assertThat(browser.cat(GuestPath.parse("/srv/traps/dangling"), linked, 1 << 20))
                .isFalse();
        assertThatThrownBy(() -> browser.cat(GuestPath.parse("/srv/traps/loop"), linked, 1 << 20))
                .isInstanceOf(Corrupt.class);
    }

    @Test
    void statDescribesALinkItselfAndNothingWhereNothingLies() throws Exception {
        Entry link = browser.stat(GuestPath.parse("/srv/traps/link")).orElseThrow();
        assertThat(link.payload().kind()).isEqualTo("link");
        Entry linked = browser.stat(GuestPath.parse("/srv/traps/a")).orElseThrow();
        assertThat(linked.attributes().mode()).isEqualTo(04755);
        assertThat(linked.attributes().links()).isEqualTo(3);
        assertThat(browser.stat(GuestPath.parse("/no/such"))).isEmpty();
        assertThat(browser.list(GuestPath.parse("/etc/passwd"))).isEmpty();
    }

    @Test
    void whatIsTooLongIsNotCopiedAtAll() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> browser.cat(GuestPath.parse("/srv/traps/sparse"), out, 1 << 20))
                .isInstanceOf(OverBudget.class);
        assertThat(out.size()).isZero();
    }
}
