package dev.stemma.graph.model;

import dev.stemma.graph.id.CanonicalForm;
import dev.stemma.graph.id.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * In which of its groups an inventory has a package. All versions of a package are in the same one, and it depends on nothing
 * else: so images that differ in one package share all groups but one, and who looks for a package looks into one group.
 */
public final class PackageGroups {

    /** How many groups an inventory has at most; those without a package are left out. */
    public static final int COUNT = 32;

    private PackageGroups() {}

    /**
     * The group of a package version.
     *
     * @param purl package URL, canonical form; what stands before its version decides
     * @return from 0, below {@link #COUNT}
     */
    public static int index(String purl) {
        int version = purl.indexOf('@');
        String name = version < 0 ? purl : purl.substring(0, version);
        return (int) Long.remainderUnsigned(
                Digest.sha256(name.getBytes(StandardCharsets.UTF_8)).a(), COUNT);
    }

    /**
     * The id of a group: what its relationships say, and nothing else, for how many paths a package owns is told elsewhere.
     *
     * @param members in the order of their package URLs, none twice
     */
    public static Digest id(Collection<InstalledPackage> members) {
        CanonicalForm form = new CanonicalForm("stemma-package-group/1").number(members.size());
        for (InstalledPackage installed : members) {
            form.text(installed.purl())
                    .text(installed.state())
                    .letter(installed.held() ? 'h' : '-')
                    .number(installed.locations().size());
            installed.locations().forEach(form::text);
        }
        return form.finish();
    }
}
