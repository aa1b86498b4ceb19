package dev.stemma.api.job;

import dev.stemma.api.problem.Problem;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.Optional;
import java.util.function.Consumer;

/** What a job does with each of its items. Running it twice does no harm: a job that was cut off is begun again. */
@FunctionalInterface
public interface JobWork {

    /**
     * Does what is to be done to one item.
     *
     * @param job the same id, however often it is begun
     * @param budget its time limit and its cancel switch
     * @param progress gets word now and then, from any thread
     */
    Done run(Job job, int index, Budget budget, Consumer<JobProgress> progress) throws ImageProblem;

    /**
     * What an item came to.
     *
     * @param problem why it counts as failed although it left a result: an image in which nothing could be read
     */
    record Done(JobResult result, Optional<Problem> problem) {}
}
