package dev.stemma.queries.lineage;

import static dev.stemma.queries.lineage.SvgWriter.number;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/**
 * Draws a family as SVG 1.1: ancestors on the left, descendants on the right. The drawing stands alone, holds no script and loads
 * nothing.
 */
public final class FamilySvg {

    private static final int WIDTH = 240;
    private static final int GAP = 110;
    private static final int MARGIN = 24;
    private static final int HEAD = 46;
    private static final int LINE = 15;
    private static final int BETWEEN = 16;
    private static final int FOOT = 44;
    private static final int TITLE_POINTS = 28;
    private static final int TEXT_POINTS = 37;
    private static final int MAX_WARNINGS = 3;

    private static final String STYLE = """
            svg { background: #fff; font-family: system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
            text { fill: #1f2328; }
            .box { fill: #fff; stroke: #8c959f; stroke-width: 1.2; }
            .version { fill: #ddf4ff; stroke: #0969da; }
            .branch { fill: #f0fbf3; stroke: #1a7f37; }
            .machine { fill: #fbf0fa; stroke: #8250df; }
            .deprecated { fill: #fff8c5; stroke: #9a6700; }
            .revoked { fill: #ffebe9; stroke: #cf222e; }
            .deleted, .missing { fill: #f0f1f3; stroke: #8c959f; stroke-dasharray: 4 3; }
            .self { stroke-width: 3; }
            .title { font-size: 13px; font-weight: 600; }
            .below { font-size: 11px; fill: #57606a; }
            .warning { font-size: 10.5px; fill: #9a3412; }
            .kind { font-size: 10px; fill: #57606a; text-anchor: end; paint-order: stroke; stroke: #fff; stroke-width: 3px; }
            .legend { font-size: 11px; fill: #57606a; }
            .line { fill: none; stroke: #6e7781; stroke-width: 1.4; }
            .observed { stroke-dasharray: 6 4; }
            .inferred { stroke-dasharray: 1.5 4; stroke-linecap: round; }
            .backward { stroke: #cf222e; }
            """;

    private final FamilyLayout layout;
    private final FamilyView family;
    private final Map<FamilyLayout.Slot, Integer> arrived = new IdentityHashMap<>();
    private final double pitch;
    private final double bottom;

    private FamilySvg(FamilyView asked) {
        this.family = FamilyMachines.drawn(asked);
        this.layout = new FamilyLayout(family);
        int warnings =
                family.relatives().stream().mapToInt(FamilySvg::warnings).max().orElse(0);
        this.pitch = HEAD + LINE * warnings + BETWEEN;
        double rows = layout.layers().stream()
                .flatMap(List::stream)
                .mapToDouble(slot -> slot.row)
                .max()
                .orElse(0);
        this.bottom = MARGIN + rows * pitch + pitch;
    }

    /**
     * Draws it.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code INVALID} for a family that is too large to be drawn
     * @throws IOException from {@code out}, which stays open
     */
    public static void write(FamilyView family, Writer out) throws IOException {
        try {
            new FamilySvg(family).write(new SvgWriter(out));
        } catch (XMLStreamException e) {
            throw new IOException("the drawing could not be written", e);
        }
    }

    private void write(SvgWriter svg) throws XMLStreamException {
        int layers = layout.layers().size();
        double width = Math.max(640, 2 * MARGIN + layers * WIDTH + (layers - 1) * GAP);
        svg.begin(width, bottom + FOOT, "Family tree", STYLE);
        for (FamilyLayout.Line line : layout.lines()) {
            line(svg, line);
        }
        for (List<FamilyLayout.Slot> layer : layout.layers()) {
            for (FamilyLayout.Slot slot : layer) {
                if (slot.relative.isPresent()) {
                    box(svg, slot, slot.relative.get());
                }
            }
        }
        legend(svg);
        svg.end();
    }

    private static int warnings(Relative relative) {
        return Math.min(relative.warnings().size(), MAX_WARNINGS);
    }

    private static double left(FamilyLayout.Slot slot) {
        return MARGIN + slot.layer * (double) (WIDTH + GAP);
    }

    private double middle(FamilyLayout.Slot slot) {
        return MARGIN + slot.row * pitch + (pitch - BETWEEN) / 2;
    }

    private void box(SvgWriter svg, FamilyLayout.Slot slot, Relative relative) throws XMLStreamException {
        double height = HEAD + LINE * (double) warnings(relative);
        // An inner drawing cuts off what is wider than the box, whatever the letters of a font.
        svg.open("svg")
                .attribute("x", number(left(slot)))
                .attribute("y", number(middle(slot) - height / 2))
                .attribute("width", number(WIDTH))
                .attribute("height", number(height));
        svg.element("title", tooltip(relative));
        svg.open("rect")
                .attribute("class", type(relative))
                .attribute("x", "2")
                .attribute("y", "2")
                .attribute("width", number(WIDTH - 4))
                .attribute("height", number(height - 4))
                .attribute("rx", FamilyMachines.is(relative) ? "21" : "7")
                .close();
        svg.text("title", 12, 19, FamilyText.line(relative.title(), TITLE_POINTS));
        svg.text("below", 12, 36, FamilyText.line(FamilyText.below(relative), TEXT_POINTS));
        for (int i = 0; i < warnings(relative); i++) {
            int more = relative.warnings().size() - MAX_WARNINGS;
            String sentence = i == MAX_WARNINGS - 1 && more > 0
                    ? "and " + (more + 1) + " more warnings"
                    : relative.warnings().get(i).brief();
            svg.text("warning", 12, HEAD + 5.0 + LINE * i, "⚠ " + FamilyText.line(sentence, TEXT_POINTS));
        }
        svg.close();
    }

    private String type(Relative relative) {
        String state = relative.state().orElse("ACTIVE").toLowerCase(Locale.ROOT);
        String kind = relative.place()
                .map(place -> place.branch().isPresent() ? " branch" : " version")
                .orElse("");
        return "box" + kind
                + (List.of("deprecated", "revoked", "deleted", "missing").contains(state) ? " " + state : "")
                + (FamilyMachines.is(relative) ? " machine" : "")
                + (relative.imageId().equals(family.imageId()) ? " self" : "");
    }

    private static String tooltip(Relative relative) {
        List<String> lines = new ArrayList<>();
        lines.add(FamilyText.line(relative.title(), 500));
        lines.add(
                FamilyText.line(FamilyMachines.is(relative) ? "machine " + relative.name() : relative.location(), 500));
        lines.add(relative.imageId());
        relative.warnings().forEach(warning -> lines.add(FamilyText.line(warning.sentence(), 500)));
        return String.join("\n", lines);
    }

    private void line(SvgWriter svg, FamilyLayout.Line line) throws XMLStreamException {
        List<FamilyLayout.Slot> through = line.through();
        StringBuilder course = new StringBuilder();
        for (int i = 0; i + 1 < through.size(); i++) {
            FamilyLayout.Slot from = through.get(i);
            FamilyLayout.Slot to = through.get(i + 1);
            double x = left(from) + WIDTH - (i == 0 ? 2 : 0);
            double end = left(to) + (i + 2 == through.size() ? 2 : 0);
            double bend = (x + end) / 2;
            course.append(i == 0 ? "M" : " L").append(number(x)).append(' ').append(number(middle(from)));
            course.append(" C").append(number(bend)).append(' ').append(number(middle(from)));
            course.append(' ').append(number(bend)).append(' ').append(number(middle(to)));
            course.append(' ').append(number(end)).append(' ').append(number(middle(to)));
        }
        String type = "line " + FamilyText.basis(line.derivation()) + (line.backward() ? " backward" : "");
        svg.path(type, course.toString());
        FamilyLayout.Slot last = through.getLast();
        // Where several lines arrive, their words stand above one another.
        int above = arrived.merge(last, 1, Integer::sum) - 1;
        svg.text(
                "kind",
                left(last) - 5,
                middle(last) - 4 - 11.0 * above,
                FamilyText.line(line.derivation().kind(), 18));
    }

    private void legend(SvgWriter svg) throws XMLStreamException {
        double y = bottom + FOOT - 22.0;
        double x = MARGIN;
        for (String basis : List.of("recorded", "observed", "inferred")) {
            svg.path(
                    "line " + basis,
                    "M" + number(x) + " " + number(y - 4) + " L" + number(x + 34) + " " + number(y - 4));
            svg.text("legend", x + 42, y, basis);
            x += 120;
        }
        List<String> notes = new ArrayList<>();
        family.at().ifPresent(at -> notes.add("as of " + at));
        if (!family.complete()) {
            notes.add("there is more than is drawn");
        }
        if (family.cyclic()) {
            notes.add("derivations run in a circle: one at least is wrong");
        }
        if (!notes.isEmpty()) {
            svg.text("legend", x, y, String.join(" · ", notes));
        }
    }
}
