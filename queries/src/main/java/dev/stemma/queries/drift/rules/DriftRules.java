package dev.stemma.queries.drift.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rules that tell noise from changes, and what weighs how much when something stopped working. Immutable, for any thread.
 *
 * @param version of the rules, raised with each change of what they answer
 * @param noise in the order in which they are asked
 * @param files in the order in which they are asked
 * @param aspects weights by the words of {@link Aspect}
 * @param packages the same by the words of {@link PackageWeight}
 * @param corePackages names of packages that much else depends on
 * @param system weights by area: added, removed, changed
 * @param expiredCertificate weight of a certificate that was out of date when the image was seen
 * @param text the rules as they are written
 * @param tables the rules for paths once more, as they are looked up
 */
public record DriftRules(
        int version,
        List<Noise> noise,
        List<FileWeight> files,
        Map<Aspect, Double> aspects,
        Map<PackageWeight, Double> packages,
        List<Pattern> corePackages,
        Map<String, List<Double>> system,
        double expiredCertificate,
        String text,
        Tables tables) {

    /** The rules that come with Stemma, {@code drift-rules.yaml}. */
    public static final DriftRules SHIPPED = shipped();

    public DriftRules {
        noise = List.copyOf(noise);
        files = List.copyOf(files);
        aspects = Map.copyOf(aspects);
        packages = Map.copyOf(packages);
        corePackages = List.copyOf(corePackages);
        system = Map.copyOf(system);
    }

    /**
     * Paths that change by themselves.
     *
     * @param name {@code logs}
     * @param why in a few words
     * @param programs whether programs among them are noise too
     */
    public record Noise(String name, String why, boolean programs, List<PathPattern> paths) {
        public Noise {
            paths = List.copyOf(paths);
        }
    }

    /**
     * Paths that matter more, or less, than others.
     *
     * @param weight 0 to 1
     * @param why in a few words
     */
    public record FileWeight(double weight, String why, List<PathPattern> paths) {
        public FileWeight {
            paths = List.copyOf(paths);
        }
    }

    /** Rules for paths by the names that the paths begin with. */
    record Tables(RuleTable<Noise> noise, RuleTable<FileWeight> files) {
        static Tables of(List<Noise> noise, List<FileWeight> files) {
            return new Tables(new RuleTable<>(noise, Noise::paths), new RuleTable<>(files, FileWeight::paths));
        }
    }

    /** What a file tells beside its path. */
    public enum Aspect {
        DIFFERS,
        ATTRIBUTES,
        CONFIGURED,
        CONFIGURATION,
        UPDATED,
        ELEVATED,
        OTHER
    }

    /** What happened to a package, and what makes that weigh more. */
    public enum PackageWeight {
        BROKEN,
        STATE,
        REMOVED,
        DOWNGRADED,
        UPGRADED,
        ADDED,
        MAJOR,
        SERVING,
        CORE
    }

    /**
     * The rule that a change is noise by.
     *
     * @param program whether a program came to be there
     */
    public Optional<Noise> noise(String path, boolean program) {
        return tables.noise.first(path, rule -> !program || rule.programs);
    }

    /** What a path weighs. */
    public Optional<FileWeight> file(String path) {
        return tables.files.first(path, _ -> true);
    }

    public double weight(Aspect aspect) {
        return aspects.getOrDefault(aspect, 0.0);
    }

    public double weight(PackageWeight what) {
        return packages.getOrDefault(what, 0.0);
    }

    /** Whether much else depends on a package. */
    public boolean core(String packageName) {
        return corePackages.stream()
                .anyMatch(pattern -> pattern.matcher(packageName).matches());
    }

    /** Weights of an area when something of it came, went, or changed. */
    public List<Double> system(String area) {
        return system.getOrDefault(area, List.of(0.0, 0.0, 0.0));
    }

    private static DriftRules shipped() {
        try (InputStream in = DriftRules.class.getResourceAsStream("drift-rules.yaml")) {
            if (in == null) {
                throw new IllegalStateException("drift-rules.yaml is missing from the build");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("drift-rules.yaml cannot be read", e);
        }
    }

    /**
     * Reads rules.
     *
     * @throws IllegalArgumentException when they are not of the form that {@code drift-rules.yaml} has; the message says where
     */
    public static DriftRules parse(String yaml) {
        return RuleReader.read(yaml);
    }
}
