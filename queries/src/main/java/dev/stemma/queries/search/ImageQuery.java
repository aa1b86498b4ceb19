package dev.stemma.queries.search;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Conditions on images; an image must meet all of them. The empty query finds every image.
 *
 * @param allOf packages that must all be there
 * @param anyOf packages of which one at least must be there; no condition when empty
 * @param noneOf packages of which none may be there
 * @param text on name, description, operating system and location taken together
 * @param name on the name
 * @param description on the description
 * @param os on distribution and pretty name
 * @param osVersion on version and patch level
 * @param architecture of the operating system, exactly
 * @param repository id or name
 * @param location on the location
 * @param modifiedAfter the image's file changed at or after this
 * @param modifiedBefore the image's file changed before this
 * @param files each must be there
 * @param roles names of roles that the machine must all have
 */
public record ImageQuery(
        List<PackageTerm> allOf,
        List<PackageTerm> anyOf,
        List<PackageTerm> noneOf,
        Optional<TextTerm> text,
        Optional<TextTerm> name,
        Optional<TextTerm> description,
        Optional<TextTerm> os,
        Optional<TextTerm> osVersion,
        Optional<String> architecture,
        Optional<String> repository,
        Optional<TextTerm> location,
        Optional<Instant> modifiedAfter,
        Optional<Instant> modifiedBefore,
        List<FileTerm> files,
        List<String> roles) {

    public ImageQuery {
        allOf = List.copyOf(allOf);
        anyOf = List.copyOf(anyOf);
        noneOf = List.copyOf(noneOf);
        files = List.copyOf(files);
        roles = List.copyOf(roles);
    }

    /** Starts with the empty query. */
    public static ImageQueryBuilder where() {
        return new ImageQueryBuilder();
    }

    /** Whether it can only be answered for images that were indexed. */
    public boolean needsInventory() {
        return !(allOf.isEmpty() && anyOf.isEmpty() && noneOf.isEmpty() && files.isEmpty() && roles.isEmpty())
                || os.isPresent()
                || osVersion.isPresent()
                || architecture.isPresent();
    }
}
