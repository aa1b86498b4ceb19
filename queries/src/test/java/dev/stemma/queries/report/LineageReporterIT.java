package dev.stemma.queries.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Basis;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class LineageReporterIT {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    private final Graph graph;
    private final LineageReporter reporter;

    LineageReporterIT(Graph graph) {
        this.graph = graph;
        this.reporter = new LineageReporter(graph, CLOCK);
    }

    @BeforeEach
    void aFamily() {
        Library library = new Library(graph);
        Guest base = new Guest()
                .os("debian", "12", "Debian GNU/Linux 12 (bookworm)")
                .file("/usr/bin/nginx", "1")
                .install("nginx", "1.22", "/usr/bin/nginx")
                .install("gone", "1");
        library.register("ancient");
        library.index("golden", base);
        library.index(
                "web",
                base.copy()
                        .uninstall("nginx")
                        .uninstall("gone")
                        .install("nginx", "1.24", "/usr/bin/nginx")
                        .file("/usr/bin/nginx", "2")
                        .file("/root/<script>alert(1)<\\x2fscript>", "evil"));
        library.index("child", base);
        library.record("web", "golden", "copy", "ada <ada@example.org>");
        library.derive("web", "child", "copy", Basis.INFERRED, Optional.of(0.7));
        library.derive("golden", "ancient", "backing-file", Basis.OBSERVED, Optional.empty());
        library.derive("child", "web", "copy", Basis.OBSERVED, Optional.empty());
    }

    @Test
    void theChainLeadsToTheRootWithWhatChangedAndWhatIsNotKnown() {
        LineageReport report = reporter.report(Library.imageId("web"));

        assertThat(report.generatedAt()).isEqualTo(CLOCK.instant());
        assertThat(report.steps())
                .extracting(step -> step.child().name() + " < " + step.parent().name())
                .containsExactly("web < golden", "golden < ancient");
        LineageReport.Drift drift = report.steps().getFirst().drift().orElseThrow();
        assertThat(drift.packageCount()).isEqualTo(2);
        LineageReport.Files files = drift.files().orElseThrow();
        assertThat(files.added()).isEqualTo(2);
        assertThat(files.changed()).isEqualTo(1);
        assertThat(files.unowned()).isEqualTo(2);
        assertThat(report.steps().getLast().drift()).isEmpty();
        assertThat(report.otherParents()).hasSize(1);
        assertThat(report.unknown())
                .anyMatch(sentence -> sentence.contains("ancient was never indexed"))
                .anyMatch(sentence -> sentence.contains("the end of the chain"))
                .anyMatch(sentence -> sentence.contains("circle"));
    }

    @Test
    void theRootOfAFamilySaysSo() {
        LineageReport report = reporter.report(Library.imageId("ancient"));
        assertThat(report.steps()).isEmpty();
        assertThat(report.unknown())
                .contains(
                        "Nothing is known that ancient derives from.",
                        "ancient was never indexed; what it holds is not known.");
        assertThat(report.descendants()).isNotEmpty();
    }

    @Test
    void thePageIsWellFormedSelfContainedAndEscaped() throws Exception {
        String page = html(reporter.report(Library.imageId("web")));

        assertThat(page).doesNotContain("<script>").contains("&lt;script&gt;").contains("ada &lt;ada@example.org&gt;");
        assertThat(Pattern.compile("(?i)(src|href)\\s*=|@import|url\\(")
                        .matcher(page)
                        .find())
                .isFalse();
        String xml = page.replace("<!doctype html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo("Lineage of web");
        assertThat(document.getElementsByTagName("tr").getLength()).isEqualTo(3);
    }

    private static String html(LineageReport report) throws IOException {
        StringBuilder out = new StringBuilder();
        LineageReporter.html(report, out);
        return out.toString();
    }
}
