package dev.stemma.ingest.analyze;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.Map;
import java.util.TreeMap;

/** Package URLs (<a href="https://github.com/package-url/purl-spec">purl-spec</a>) in their canonical form. */
public final class Purl {

    private Purl() {}

    /**
     * @param name checked against the ecosystem's grammar
     * @param version empty where there is none
     * @param qualifiers in any order
     * @throws IllegalStateException for what should have been refused before
     */
    public static String of(
            String type, String namespace, String name, String version, Map<String, String> qualifiers) {
        try {
            return new PackageURL(
                            type, namespace, name, version.isEmpty() ? null : version, new TreeMap<>(qualifiers), null)
                    .canonicalize()
                    // packageurl-java writes the bytes of what is not ASCII with their sign; a percent sign of a name
                    // is %25.
                    .replace("%FFFFFF", "%");
        } catch (MalformedPackageURLException e) {
            throw new IllegalStateException("parts of a package URL were checked: " + type + "/" + name, e);
        }
    }
}
