package dev.stemma.api.http;

import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.job.IndexRequest;
import dev.stemma.api.job.PassedOver;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.ingest.image.ImageFolder;
import dev.stemma.ingest.image.ImageRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Paths that are to be indexed, each directory replaced by the images in it.
 *
 * @param passedOver what else was in the directories; empty when there was none
 */
record ImagePaths(List<String> paths, Optional<PassedOver> passedOver) {

    /** Examples that an error names. */
    private static final int EXAMPLES = 5;

    /**
     * A directory that may not be read stays what it is, so that its run says so.
     *
     * @throws dev.stemma.api.problem.ProblemException when a directory cannot be read, has no image, or too many
     */
    static ImagePaths in(List<String> wanted, AllowedDirectories directories) {
        try {
            ImageRules rules = new ImageRules(directories.list(), Optional.empty());
            Set<String> paths = new LinkedHashSet<>();
            PassedOver passedOver = PassedOver.NOTHING;
            for (String path : wanted) {
                if (ImageFolder.is(Path.of(path), rules)) {
                    ImageFolder.Found found = list(path, rules);
                    found.images().forEach(image -> paths.add(image.toString()));
                    passedOver = passedOver.and(found.passedOver());
                } else {
                    paths.add(path);
                }
            }
            if (paths.size() > IndexRequest.MAX_PATHS) {
                throw ProblemCode.BAD_REQUEST.because("these are %,d images, and a job takes %,d; ask for some of them"
                        .formatted(paths.size(), IndexRequest.MAX_PATHS));
            }
            return new ImagePaths(List.copyOf(paths), Optional.of(passedOver).filter(over -> over.count() > 0));
        } catch (IOException e) {
            throw ProblemCode.BAD_REQUEST.because("a directory cannot be read: " + e.getMessage());
        }
    }

    private static ImageFolder.Found list(String directory, ImageRules rules) throws IOException {
        ImageFolder.Found found = ImageFolder.list(Path.of(directory), rules, IndexRequest.MAX_PATHS);
        if (!found.complete()) {
            throw ProblemCode.BAD_REQUEST.because(directory
                    + " holds more than one job takes: %,d images, %,d files, %d directories deep"
                            .formatted(IndexRequest.MAX_PATHS, ImageFolder.MAX_ENTRIES, ImageFolder.MAX_DEPTH)
                    + "; index the directories in it one after another");
        }
        if (found.images().isEmpty()) {
            String examples = found.passedOver().stream()
                    .limit(EXAMPLES)
                    .map(Path::toString)
                    .collect(Collectors.joining(", "));
            throw ProblemCode.BAD_REQUEST.because(directory + " holds no disk image"
                    + (examples.isEmpty() ? "; it is empty" : "; looked at " + examples));
        }
        return found;
    }
}
