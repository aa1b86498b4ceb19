package dev.stemma.ingest.analyze.gem;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.software.NameEnd;
import dev.stemma.ingest.analyze.software.Sightings;
import dev.stemma.ingest.analyze.software.Software;
import dev.stemma.ingest.analyze.software.SpottedFile;
import dev.stemma.ingest.analyze.software.Spotter;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Ruby gems: {@code specifications/*.gemspec} and {@code specifications/default/*.gemspec}. RubyGems writes a comment
 * {@code # stub: NAME VERSION PLATFORM …} into each, which it reads itself ({@code Gem::StubSpecification}); specifications are
 * programs and are not run, so without that line only plain assignments of texts are understood.
 */
public final class GemSpotter implements Spotter {

    private static final int MAX_BYTES = 64 << 10;
    private static final NameEnd FILE = NameEnd.after(".gemspec");
    private static final NameEnd DIRECTORY = NameEnd.whole("specifications");
    private static final NameEnd DEFAULT = NameEnd.whole("default");
    private static final String STUB = "# stub: ";

    @Override
    public String id() {
        return "gem";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean picks(GuestPath path, Attributes attributes, long sizeBytes) {
        return FILE.fits(path, 0) && (DIRECTORY.fits(path, 1) || DEFAULT.fits(path, 1) && DIRECTORY.fits(path, 2));
    }

    @Override
    public void read(SpottedFile file, Sightings sightings) throws ImageProblem {
        List<String> lines = new String(file.start(MAX_BYTES), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .toList();
        Optional<Software.Draft> draft = stub(lines).or(() -> assigned(lines));
        if (draft.isEmpty()) {
            sightings.unnamed(file.place(), "says neither by its stub line nor plainly what it is");
        } else {
            sightings.add(draft.get(), file.place());
        }
    }

    private static Optional<Software.Draft> stub(List<String> lines) {
        return lines.stream()
                .limit(5)
                .filter(line -> line.startsWith(STUB))
                .map(line -> line.substring(STUB.length()).split(" ", 4))
                .filter(fields -> fields.length >= 3)
                .map(fields -> draft(fields[0], fields[1], fields[2]))
                .findFirst();
    }

    private static Optional<Software.Draft> assigned(List<String> lines) {
        Optional<String> name = value(lines, ".name");
        Optional<String> version = value(lines, ".version");
        return name.isEmpty() || version.isEmpty()
                ? Optional.empty()
                : Optional.of(draft(
                        name.get(), version.get(), value(lines, ".platform").orElse("ruby")));
    }

    private static Software.Draft draft(String name, String version, String platform) {
        Software.Draft draft = Software.of("gem", name, version);
        return platform.equals("ruby") ? draft : draft.on(platform);
    }

    /** The text of {@code s.name = "x".freeze} or {@code s.version = Gem::Version.new("1")}; empty where it is computed. */
    private static Optional<String> value(List<String> lines, String attribute) {
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals < 0 || !line.substring(0, equals).strip().endsWith(attribute)) {
                continue;
            }
            String right = line.substring(equals + 1).strip();
            String text = right.startsWith("Gem::Version.new(") ? right.substring("Gem::Version.new(".length()) : right;
            char quote = text.isEmpty() ? ' ' : text.charAt(0);
            int end = text.indexOf(quote, 1);
            return (quote == '"' || quote == '\'') && end > 1 && text.indexOf('#') < 0
                    ? Optional.of(text.substring(1, end))
                    : Optional.empty();
        }
        return Optional.empty();
    }
}
