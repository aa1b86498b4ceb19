package dev.stemma.queries.report;

import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.queries.drift.PackageChange;
import dev.stemma.queries.inventory.ImageView;
import dev.stemma.queries.inventory.InventoryFacts;
import dev.stemma.queries.lineage.Derivation;
import dev.stemma.queries.lineage.Relative;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A lineage report as one HTML page. Used once. */
final class LineagePage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int MAX_DESCENDANTS = 200;

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <style>
            :root { color-scheme: light; }
            body { font: 11pt/1.5 Charter, "Bitstream Charter", "Iowan Old Style", Georgia, serif; color: #1a1a1a;
                   max-width: 44rem; margin: 3rem auto; padding: 0 1.5rem; hyphens: auto; }
            h1 { font-size: 1.9rem; line-height: 1.2; font-weight: 600; margin: 0 0 .3rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.2rem; margin: 2.4rem 0 .6rem; padding-top: .5rem; border-top: 1px solid #bbb; }
            h3 { font-size: 1.02rem; margin: 1.6rem 0 .3rem; overflow-wrap: anywhere; }
            p { margin: .4rem 0; } .quiet { color: #5a5a5a; }
            dl { display: grid; grid-template-columns: 11rem 1fr; gap: .15rem 1rem; margin: .8rem 0; }
            dt { color: #5a5a5a; } dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
            code, .mono { font: .84em/1.4 "DejaVu Sans Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
            ul.plain { list-style: none; padding: 0; margin: .4rem 0; }
            ul.unknown { background: #faf6ea; border-left: 3px solid #b08a2e; padding: .7rem 1rem .7rem 2rem; }
            table { border-collapse: collapse; width: 100%; margin: .6rem 0; font-size: .92em; }
            th { text-align: left; font-weight: 600; border-bottom: 1px solid #888; padding: .2rem .6rem .2rem 0; }
            td { border-bottom: 1px solid #ddd; padding: .2rem .6rem .2rem 0; vertical-align: top;
                 overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
            .basis { font-variant: all-small-caps; letter-spacing: .04em; border: 1px solid #999; border-radius: .5em;
                     padding: 0 .5em .1em; white-space: nowrap; }
            .recorded { border-color: #2c6e49; color: #1d5235; } .observed { border-color: #2f5d8a; color: #224a72; }
            .inferred { border-style: dashed; border-color: #8a5a2f; color: #6b4421; }
            @media print { body { margin: 0; max-width: none; font-size: 10pt; } h2, h3 { break-after: avoid; }
              tr, dl, li { break-inside: avoid; } @page { margin: 20mm 18mm; } }
            </style>""";

    private final LineageReport report;

    LineagePage(LineageReport report) {
        this.report = report;
    }

    void write(Appendable out) throws IOException {
        Html html = new Html(out);
        ImageView image = report.image();
        html.markup(HEAD).element("title", "Lineage of " + image.image().name());
        html.markup("</head>\n<body>\n<header>");
        html.element("h1", "Lineage of " + image.image().name());
        html.element("p", "quiet", "Made by Stemma on " + TIME.format(report.generatedAt()));
        html.markup("</header>\n<main>");
        image(html, image);
        unknown(html);
        chain(html);
        others(html);
        descendants(html);
        observations(html, image);
        html.markup("</main>\n</body>\n</html>");
    }

    private static void image(Html html, ImageView view) throws IOException {
        html.markup("<section>").element("h2", "The image").markup("<dl>");
        html.fact("Id", view.image().id());
        html.fact("Location", view.image().location());
        html.fact("Format", view.image().format().orElse("not known"));
        html.fact("Last modified", time(view.image().modifiedAt()));
        if (!view.operatingSystems().isEmpty()) {
            html.fact(
                    "Operating system",
                    view.operatingSystems().stream().map(LineagePage::system).collect(Collectors.joining("; ")));
        }
        if (view.inventory().isPresent()) {
            InventoryFacts inventory = view.inventory().get();
            html.fact("Inventory", inventory.id());
            html.fact("Observed", time(inventory.observedAt()));
            html.fact("Level", inventory.level().word());
            html.fact("Packages", number(inventory.packages()));
            if (inventory.counts().files() > 0) {
                html.fact("Files", number(inventory.counts().files()));
            }
            html.fact("Gathered by", String.join(", ", inventory.analyzers()));
        }
        html.markup("</dl></section>");
    }

    private static String system(OperatingSystem os) {
        return os.prettyName()
                        .orElse(os.distribution()
                                + os.version().map(version -> " " + version).orElse(""))
                + os.patchLevel().map(level -> ", " + level).orElse("")
                + os.architecture().map(word -> ", " + word).orElse("");
    }

    private void unknown(Html html) throws IOException {
        html.markup("<section>").element("h2", "What is not known").markup("<ul class=\"unknown\">");
        for (String sentence : report.unknown()) {
            html.element("li", sentence);
        }
        html.markup("</ul></section>");
    }

    private void chain(Html html) throws IOException {
        html.markup("<section>").element("h2", "Where it comes from");
        if (report.steps().isEmpty()) {
            html.element("p", "No derivation of this image is known.");
        }
        int number = 1;
        for (LineageReport.Step step : report.steps()) {
            html.element(
                    "h3",
                    number++ + ". " + step.child().name() + " derives from "
                            + step.parent().name());
            derivation(html, step.derivation());
            html.markup("<dl>").fact("Parent", step.parent().location()).markup("</dl>");
            if (step.drift().isPresent()) {
                drift(html, step.drift().get());
            }
        }
        html.markup("</section>");
    }

    private static void derivation(Html html, Derivation derivation) throws IOException {
        html.markup("<p>");
        html.element(
                "span",
                "basis " + derivation.basis().name().toLowerCase(Locale.ROOT),
                LineageReporter.known(derivation));
        html.text("as " + derivation.kind()
                + derivation.since().map(since -> ", " + TIME.format(since)).orElse("")
                + derivation.agent().map(agent -> ", by " + agent).orElse(""));
        html.markup("</p>");
        if (derivation.evidence().isPresent()) {
            html.element("p", "quiet", "Evidence: " + derivation.evidence().get());
        }
    }

    private static void drift(Html html, LineageReport.Drift drift) throws IOException {
        html.element(
                "p",
                drift.packageCount() == 0
                        ? "No package changed."
                        : number(drift.packageCount()) + (drift.packageCount() == 1 ? " package" : " packages")
                                + " changed"
                                + (drift.packageCount() > drift.packages().size()
                                        ? "; the first " + drift.packages().size() + " are listed."
                                        : "."));
        if (!drift.packages().isEmpty()) {
            html.markup(
                    "<table><thead><tr><th>Package</th><th>Change</th><th>From</th><th>To</th></tr></thead><tbody>");
            for (PackageChange change : drift.packages()) {
                html.markup("<tr>");
                html.element("td", change.name() + ":" + change.architecture());
                html.element("td", change.kind().name().toLowerCase(Locale.ROOT));
                html.element("td", side(change, change.fromVersion(), change.fromState()));
                html.element("td", side(change, change.toVersion(), change.toState()));
                html.markup("</tr>");
            }
            html.markup("</tbody></table>");
        }
        if (drift.files().isPresent()) {
            files(html, drift.files().get());
        }
        for (String note : drift.notes()) {
            html.element("p", "quiet", note);
        }
    }

    private static String side(
            PackageChange change, java.util.Optional<String> version, java.util.Optional<String> state) {
        return version.orElse("–")
                + state.filter(_ -> change.kind() == PackageChange.Kind.STATE)
                        .map(word -> " (" + word + ")")
                        .orElse("");
    }

    private static void files(Html html, LineageReport.Files files) throws IOException {
        html.element(
                "p",
                "Files: " + number(files.added()) + " added, " + number(files.removed()) + " removed, "
                        + number(files.changed()) + " changed; " + number(files.unowned())
                        + " of these paths were brought by no package.");
        if (!files.examples().isEmpty()) {
            html.markup("<ul class=\"plain\">");
            for (String example : files.examples()) {
                html.element("li", "mono", example);
            }
            html.markup("</ul>");
        }
    }

    private void others(Html html) throws IOException {
        if (report.otherParents().isEmpty()) {
            return;
        }
        html.markup("<section>").element("h2", "Other derivations");
        for (Derivation derivation : report.otherParents()) {
            html.element("h3", derivation.childId() + " derives from " + derivation.parentId());
            derivation(html, derivation);
        }
        html.markup("</section>");
    }

    private void descendants(Html html) throws IOException {
        List<Relative> all = report.descendants();
        html.markup("<section>").element("h2", "What came of it");
        if (all.isEmpty()) {
            html.element("p", "No image is known that derives from this one.");
        } else {
            html.element(
                    "p",
                    number(all.size()) + " images derive from this one"
                            + (all.size() > MAX_DESCENDANTS
                                    ? "; the nearest " + MAX_DESCENDANTS + " are listed."
                                    : "."));
            html.markup("<table><thead><tr><th>Image</th><th>Steps</th><th>Location</th></tr></thead><tbody>");
            for (Relative relative : all.subList(0, Math.min(all.size(), MAX_DESCENDANTS))) {
                html.markup("<tr>");
                html.element("td", relative.name());
                html.element("td", Integer.toString(relative.distance()));
                html.element("td", relative.location());
                html.markup("</tr>");
            }
            html.markup("</tbody></table>");
        }
        html.markup("</section>");
    }

    private static void observations(Html html, ImageView view) throws IOException {
        if (view.observations().isEmpty()) {
            return;
        }
        html.markup("<section>").element("h2", "Observations of the index run");
        html.markup("<table><thead><tr><th>Severity</th><th>Where</th><th>What</th></tr></thead><tbody>");
        for (Observation observation : view.observations()) {
            html.markup("<tr>");
            html.element("td", observation.severity().name().toLowerCase(Locale.ROOT));
            html.element("td", observation.where());
            html.element(
                    "td",
                    observation.message()
                            + observation.remedy().map(remedy -> " – " + remedy).orElse(""));
            html.markup("</tr>");
        }
        html.markup("</tbody></table></section>");
    }

    private static String time(java.util.Optional<Instant> time) {
        return time.map(TIME::format).orElse("not known");
    }

    private static String number(long value) {
        return String.format(Locale.ENGLISH, "%,d", value);
    }
}
