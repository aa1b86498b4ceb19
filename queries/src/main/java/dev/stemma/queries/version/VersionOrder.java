package dev.stemma.queries.version;

import java.util.Comparator;

/**
 * Which of two versions is older, as one ecosystem has it. Any two texts can be compared; what is no version to the ecosystem is
 * older than everything that is. Not consistent with equals: {@code 1.0} and {@code 1.00} may be the same version.
 */
@FunctionalInterface
public interface VersionOrder extends Comparator<String> {

    /** The order of an ecosystem, by the type of its package URLs; Debian's, the most lenient, where none is known. */
    static VersionOrder of(String ecosystem) {
        return switch (ecosystem) {
            case "rpm" -> RpmVersion.ORDER;
            case "apk" -> ApkVersion.ORDER;
            case "alpm" -> AlpmVersion.ORDER;
            case "npm", "cargo", "composer" -> SemanticVersion.ORDER;
            case "golang" -> GoVersion.ORDER;
            case "pypi" -> PythonVersion.ORDER;
            case "gem" -> GemVersion.ORDER;
            case "maven", "generic" -> MavenVersion.ORDER;
            default -> DebianVersion.ORDER;
        };
    }

    /** Negative, zero or positive as the first is older than, the same as or newer than the second. */
    @Override
    int compare(String a, String b);
}
