package dev.stemma.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.NotAllowed;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unreadable;
import dev.stemma.ingest.problem.Unsupported;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImageProblemsTest {

    private static final Origin PLACE = Origin.of("web.qcow2").within("header");

    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of(new Unreadable("not-found", PLACE, "is gone"), 404, Outcome.NOT_FOUND),
                Arguments.of(new Unreadable("in-use", PLACE, "is in use"), 409, Outcome.CONFLICT),
                Arguments.of(new Unreadable("backing-missing", PLACE, "has no parent"), 422, Outcome.UNREADABLE),
                Arguments.of(new Unreadable("unreadable", PLACE, "cannot be read"), 422, Outcome.UNREADABLE),
                Arguments.of(new Unreadable("tool-missing", PLACE, "no qemu-nbd"), 500, Outcome.FAILED),
                Arguments.of(new NotAllowed("path-not-allowed", PLACE, "lies outside"), 403, Outcome.NOT_ALLOWED),
                Arguments.of(new NotAllowed("backing-forbidden", PLACE, "points outside"), 403, Outcome.NOT_ALLOWED),
                Arguments.of(new Unsupported("not-an-image", PLACE, "is a text"), 422, Outcome.UNREADABLE),
                Arguments.of(new Unsupported("encrypted", PLACE, "is encrypted"), 422, Outcome.UNREADABLE),
                Arguments.of(new Corrupt("truncated", PLACE, "ends early"), 422, Outcome.UNREADABLE),
                Arguments.of(new OverBudget("time-limit", PLACE, "took too long"), 422, Outcome.UNREADABLE),
                Arguments.of(new OverBudget("cancelled", PLACE, "cancelled"), 409, Outcome.CONFLICT));
    }

    @ParameterizedTest
    @MethodSource("table")
    void eachProblemKeepsItsCodeAndHasAStatusAndAnExitCode(ImageProblem found, int status, Outcome outcome) {
        Problem problem = ImageProblems.problem(found);
        assertThat(problem.code()).isEqualTo(found.code());
        assertThat(problem.type()).isEqualTo("urn:stemma:problem:" + found.code());
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.outcome()).isEqualTo(outcome.word());
        assertThat(problem.where()).isEqualTo("web.qcow2 › header");
    }

    @Test
    void exitCodesAreStable() {
        assertThat(List.of(Outcome.values())).extracting(Outcome::exitCode).containsExactly(0, 1, 2, 3, 4, 5, 6);
        for (Outcome outcome : Outcome.values()) {
            assertThat(Outcome.parse(outcome.word())).isEqualTo(outcome);
        }
    }

    @Test
    void aSentenceNamesPlaceReasonAndRemedy() {
        Problem problem = ImageProblems.problem(new Unreadable("in-use", PLACE, "is in use", "Stop the machine."));
        assertThat(problem.sentence()).isEqualTo("web.qcow2 › header: is in use. Stop the machine.");
    }
}
