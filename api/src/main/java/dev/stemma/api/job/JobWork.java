package dev.stemma.api.job;

import dev.stemma.api.problem.Problem;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.Optional;
import java.util.function.Consumer;

/** What a job does with each of its paths. Running it twice does no harm: a job that was cut off is begun again. */
@FunctionalInterface
public interface JobWork {

    /**
     * Indexes one path.
     *
     * @param budget its time limit and its cancel switch
     * @param progress gets word now and then, from any thread
     */
    Done index(JobRequest request, int index, Budget budget, Consumer<JobProgress> progress) throws ImageProblem;

    /**
     * What a path came to.
     *
     * @param problem why it counts as failed although it left a result: an image in which nothing could be read
     */
    record Done(JobItem.Result result, Optional<Problem> problem) {}
}
