package dev.stemma.api.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an item of a job came to. A journal of an earlier Stemma names no kind: it knew index runs only. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = JobResult.Indexed.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobResult.Indexed.class, name = "indexed"),
    @JsonSubTypes.Type(value = JobResult.CheckedIn.class, name = "checked-in"),
    @JsonSubTypes.Type(value = JobResult.CheckedOut.class, name = "checked-out"),
    @JsonSubTypes.Type(value = JobResult.Cloned.class, name = "cloned"),
    @JsonSubTypes.Type(value = JobResult.Copied.class, name = "copied"),
    @JsonSubTypes.Type(value = JobResult.Verified.class, name = "verified"),
    @JsonSubTypes.Type(value = JobResult.Collected.class, name = "collected")
})
public sealed interface JobResult {

    /**
     * What an index run left in the graph.
     *
     * @param image id of the image
     * @param name its name
     * @param inventory id of its current inventory
     * @param level of that inventory
     * @param unchanged whether that inventory was known before
     * @param files regular files read; 0 at the basic level
     * @param fileBytes their logical bytes
     * @param takenOver what was not read because an indexed parent has it; missing where everything was read
     * @param packages installed packages
     * @param observations what a person must know of: parts not read and the like
     * @param millis how long it took
     */
    record Indexed(
            String image,
            String name,
            String inventory,
            String level,
            boolean unchanged,
            long files,
            long fileBytes,
            @Nullable TakenOver takenOver,
            long packages,
            long observations,
            long millis)
            implements JobResult {}

    /**
     * Files whose digests are those of the image's parent.
     *
     * @param from where the parent lies; the image itself where it had not changed
     * @param files names of regular files
     * @param fileBytes their logical bytes
     */
    record TakenOver(String from, long files, long fileBytes) {}

    /**
     * A version that came to be.
     *
     * @param image id of its image
     * @param version {@code web:1.2}
     * @param content digest of its image manifest in the store
     * @param inventory what was found in it; missing, as are the counts, where the service ended between the version and the word of it
     * @param virtualBytes size that a guest sees
     * @param newBytes that the store did not have
     * @param storedBytes that those take there
     * @param observations what a person must know of
     */
    record CheckedIn(
            String image,
            String version,
            String content,
            @Nullable String inventory,
            long files,
            long virtualBytes,
            long newBytes,
            long storedBytes,
            long observations,
            long millis)
            implements JobResult {}

    /**
     * A file that was made of a version.
     *
     * @param image id of the image that it is from now on
     * @param branch {@code web:1.2.3}
     * @param location where it lies; of an image with several disks the first
     * @param bytes that came out of the store
     * @param reusedBytes that were at the destination already
     * @param sharedBytes of these, what takes no place of its own there
     */
    record CheckedOut(
            String image,
            String branch,
            String location,
            String format,
            long bytes,
            long reusedBytes,
            long sharedBytes,
            long millis)
            implements JobResult {}

    /**
     * Files that were made of a version.
     *
     * @param clones in the order in which they were asked for
     * @param bytes that came out of the store
     */
    record Cloned(List<Clone> clones, long bytes, long millis) implements JobResult {
        public Cloned {
            clones = List.copyOf(clones);
        }
    }

    /**
     * One of them.
     *
     * @param image id of the image that it is from now on
     * @param branch {@code web:1.2.3}
     * @param location where it lies; of an image with several disks the first
     * @param how {@code checked-out}; {@code shared}, with the first until either is written to; {@code copied} from the first; {@code overlay} on the first; {@code found}, where an earlier run had
     *     made it
     */
    record Clone(String image, String branch, String location, String how) {}

    /**
     * A copy that was made.
     *
     * @param image id of its image
     * @param branch {@code web:1.2.3}; missing for an image that derives from no version
     * @param location where it lies
     * @param bytes of the file
     * @param shared whether none was copied, since both files share their place on the medium
     * @param indexed whether what it holds is known, as what was copied was indexed and had not changed
     */
    record Copied(
            String image,
            String name,
            @Nullable String branch,
            String location,
            long bytes,
            boolean shared,
            boolean indexed,
            long millis)
            implements JobResult {}

    /**
     * What came of reading the store again.
     *
     * @param objects that are whole
     * @param bytes of those
     * @param damages one line each, the first 1,000
     * @param images digests of image manifests that lack something
     * @param versions the versions that those are; after a repair, those that still lack something
     * @param takenOut objects that are damaged, or lead to such, and were taken out; missing where that was not asked for
     * @param packs that could not be read at all; missing in a journal of an earlier Stemma
     * @param manifests digests of image manifests that were made anew by a repair; missing where that was not asked for
     */
    record Verified(
            long objects,
            long bytes,
            List<String> damages,
            List<String> images,
            List<String> versions,
            @Nullable Long takenOut,
            @Nullable List<String> packs,
            @Nullable List<String> manifests,
            long millis)
            implements JobResult {}

    /**
     * What came of collecting garbage.
     *
     * @param versions whose bytes were let go of
     * @param packs that were removed
     * @param bytes that were freed
     * @param objects that stay
     * @param unknown images in the store that no version names, and that stay
     */
    record Collected(long versions, long packs, long bytes, long objects, long unknown, long millis)
            implements JobResult {}
}
