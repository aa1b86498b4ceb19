package dev.stemma.ingest.analyze.composer;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.json.JsonReader;
import dev.stemma.ingest.analyze.software.NameEnd;
import dev.stemma.ingest.analyze.software.Sightings;
import dev.stemma.ingest.analyze.software.Software;
import dev.stemma.ingest.analyze.software.SpottedFile;
import dev.stemma.ingest.analyze.software.Spotter;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.Locale;

/** {@code composer/installed.json} below a vendor directory: Composer 2's object with {@code packages}, and Composer 1's plain list. */
public final class ComposerSpotter implements Spotter {

    private static final int MAX_BYTES = 32 << 20;
    private static final NameEnd FILE = NameEnd.whole("installed.json");
    private static final NameEnd DIRECTORY = NameEnd.whole("composer");

    @Override
    public String id() {
        return "composer";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean picks(GuestPath path, Attributes attributes, long sizeBytes) {
        return FILE.fits(path, 0) && DIRECTORY.fits(path, 1);
    }

    @Override
    public void read(SpottedFile file, Sightings sightings) throws ImageProblem {
        JsonReader json = JsonReader.of(file.whole(MAX_BYTES), file.origin());
        if (json.isArray()) {
            packages(json, file, sightings);
        } else {
            json.object((name, value) -> {
                if (name.equals("packages")) {
                    packages(value, file, sightings);
                } else {
                    value.skip();
                }
            });
        }
    }

    private static void packages(JsonReader json, SpottedFile file, Sightings sightings) throws Corrupt {
        json.array(element -> {
            String[] found = {"", ""};
            element.object((name, value) -> {
                switch (name) {
                    case "name" -> found[0] = value.text().orElse("");
                    case "version" -> found[1] = value.text().orElse("");
                    default -> value.skip();
                }
            });
            int slash = found[0].indexOf('/');
            if (slash <= 0) {
                sightings.unnamed(file.place(), "has a package without vendor and name");
            } else {
                // Composer takes names without regard to case; a package URL has them in lower case.
                String lower = found[0].toLowerCase(Locale.ROOT);
                Software.Draft draft = Software.of("composer", lower.substring(slash + 1), found[1]);
                sightings.add(draft.within(lower.substring(0, slash), lower), file.place());
            }
        });
    }
}
