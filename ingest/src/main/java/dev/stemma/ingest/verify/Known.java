package dev.stemma.ingest.verify;

import dev.stemma.graph.id.Digest;
import java.util.Map;
import java.util.Set;

/** What earlier runs found of package versions, in whatever image. */
public interface Known {

    /** A digest over the contents with which each was found whole, by purl; versions that never were are missing. */
    Map<String, Digest> whole(Set<String> purls);

    /**
     * Contents of files that lay where versions own something, by purl and by the path as text; of one image each, and not all of them
     * need have been right.
     */
    Map<String, Map<String, Digest>> contents(Set<String> purls);
}
