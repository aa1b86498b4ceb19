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
     * @param qualifiers in any order
     * @throws IllegalStateException for what should have been refused before
     */
    public static String of(
            String type, String namespace, String name, String version, Map<String, String> qualifiers) {
        try {
            return new PackageURL(type, namespace, name, version, new TreeMap<>(qualifiers), null).canonicalize();
        } catch (MalformedPackageURLException e) {
            throw new IllegalStateException("parts of a package URL were checked: " + type + "/" + name, e);
        }
    }
}
