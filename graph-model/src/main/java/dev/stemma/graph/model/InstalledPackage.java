package dev.stemma.graph.model;

import java.util.List;
import java.util.Optional;

/**
 * A package that is installed in an image: one that a package manager's own database lists, or software that says itself what
 * it is.
 *
 * @param purl package URL, canonical form, for example {@code pkg:deb/debian/bash@5.2.15-2%2Bb8?arch=amd64}
 * @param ecosystem purl type: {@code deb}, {@code rpm}, {@code apk}, {@code alpm}, {@code pypi}, {@code npm}
 * @param name as the package manager names it
 * @param version as the package manager prints it, an epoch and a release included: {@code 1:5.2-1.fc40}
 * @param architecture as the package manager prints it; empty where it has none
 * @param state dpkg's status word ({@code installed}, {@code config-files}, {@code half-configured}, …)
 * @param held whether it is held at its version ({@code hold} selection)
 * @param sourceName the source package, where it differs
 * @param sourceVersion the source package's version, where it differs
 * @param owned the paths it brought; empty at the basic level
 * @param locations where it was found, guest paths in the escaped form, {@code !/} before a path inside an archive; sorted; empty
 *     for what a package manager lists for the whole guest
 */
public record InstalledPackage(
        String purl,
        String ecosystem,
        String name,
        String version,
        String architecture,
        String state,
        boolean held,
        Optional<String> sourceName,
        Optional<String> sourceVersion,
        List<OwnedPath> owned,
        List<String> locations) {

    public InstalledPackage {
        owned = List.copyOf(owned);
        locations = List.copyOf(locations);
    }

    /** What a package manager lists for the whole guest. */
    public InstalledPackage(
            String purl,
            String ecosystem,
            String name,
            String version,
            String architecture,
            String state,
            boolean held,
            Optional<String> sourceName,
            Optional<String> sourceVersion,
            List<OwnedPath> owned) {
        this(purl, ecosystem, name, version, architecture, state, held, sourceName, sourceVersion, owned, List.of());
    }

    /**
     * A path that a package brought, where it really lies (through merged-usr links and diversions).
     *
     * @param checksum of the content that the package shipped, where it gives one
     * @param configuration whether the package manager treats it as configuration (a conffile)
     * @param mayBeMissing whether the package manager itself does not mind when nothing is there
     * @param mayDiffer whether it does not mind which content is there
     */
    public record OwnedPath(
            GuestPath path,
            Optional<Checksum> checksum,
            boolean configuration,
            boolean mayBeMissing,
            boolean mayDiffer) {

        /** A path that must be there as it was shipped, where a checksum says how that was. */
        public OwnedPath(GuestPath path, Optional<Checksum> checksum, boolean configuration) {
            this(path, checksum, configuration, checksum.isEmpty(), false);
        }

        /** The checksum in hexadecimal where it is an MD5. */
        public Optional<String> md5() {
            return checksum.filter(sum -> sum.algorithm() == Checksum.Algorithm.MD5)
                    .map(Checksum::hexadecimal);
        }
    }

    /** Whether its files are there: every state but {@code config-files} and {@code not-installed}. */
    public boolean present() {
        return !state.equals("config-files") && !state.equals("not-installed");
    }
}
