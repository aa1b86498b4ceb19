package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.file.Path;
import java.time.Duration;

/** What opening an image fails with. */
final class Problems {

    private Problems() {}

    /** Opens it, within its own directory, and expects a problem with a place and this code. */
    static ImageProblem of(String code, Path image, ImageRules rules) {
        ImageProblem problem = catchThrowableOfType(
                ImageProblem.class, () -> ImageOpener.open(image, rules, Budget.of(Duration.ofMinutes(1)))
                        .close());
        assertThat(problem).as(image + " opens").isNotNull();
        assertThat(problem.code()).as(problem.getMessage()).isEqualTo(code);
        assertThat(problem.origin().toString()).startsWith(String.valueOf(image.getFileName()));
        return problem;
    }
}
