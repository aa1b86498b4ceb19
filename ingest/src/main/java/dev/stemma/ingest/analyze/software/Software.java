package dev.stemma.ingest.analyze.software;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.stemma.graph.model.InstalledPackage;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One version of a piece of software, as its ecosystem names it.
 *
 * @param purl package URL, canonical form
 * @param ecosystem type of the package URL
 * @param name as people of that ecosystem write it: {@code @babel/core}, {@code org.slf4j:slf4j-api}
 * @param version empty where none is stated
 * @param architecture empty where it has none
 */
public record Software(String purl, String ecosystem, String name, String version, String architecture) {

    private static final int MAX_NAME = 512;
    private static final int MAX_VERSION = 256;

    /** Parts of a package URL, before they are known to make one. */
    public static Draft of(String ecosystem, String name, String version) {
        return new Draft(ecosystem, null, name, name, version, null);
    }

    /**
     * @param namespace of the package URL, if it has one
     * @param urlName the name in the package URL
     * @param name the name as people write it
     * @param architecture goes into the URL under the key that the ecosystem has for it
     */
    public record Draft(
            String ecosystem,
            @Nullable String namespace,
            String urlName,
            String name,
            String version,
            @Nullable String architecture) {

        /** With a namespace, and the name that people write for both together. */
        public Draft within(String inside, String written) {
            return new Draft(ecosystem, inside, urlName, written, version, architecture);
        }

        /** For one architecture or platform. */
        public Draft on(String platform) {
            return new Draft(ecosystem, namespace, urlName, name, version, platform);
        }

        /** The software, if name and version can be used: printable ASCII of sane length. */
        public Optional<Software> find() {
            if (!usable(name, MAX_NAME) || urlName.isBlank() || !(version.isEmpty() || usable(version, MAX_VERSION))) {
                return Optional.empty();
            }
            TreeMap<String, String> qualifiers = new TreeMap<>();
            if (architecture != null) {
                if (!usable(architecture, MAX_VERSION)) {
                    return Optional.empty();
                }
                qualifiers.put(ecosystem.equals("gem") ? "platform" : "arch", architecture);
            }
            try {
                PackageURL url = new PackageURL(
                        ecosystem,
                        namespace,
                        urlName,
                        version.isEmpty() ? null : version,
                        qualifiers.isEmpty() ? null : qualifiers,
                        null);
                return Optional.of(new Software(
                        url.canonicalize(), ecosystem, name, version, architecture == null ? "" : architecture));
            } catch (MalformedPackageURLException e) {
                return Optional.empty();
            }
        }
    }

    private static boolean usable(String text, int most) {
        return !text.isBlank() && text.length() <= most && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** As found at these places. */
    InstalledPackage installed(SortedSet<String> places) {
        return new InstalledPackage(
                purl,
                ecosystem,
                name,
                version,
                architecture,
                "installed",
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.copyOf(places));
    }
}
