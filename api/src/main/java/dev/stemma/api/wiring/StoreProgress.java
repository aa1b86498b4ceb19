package dev.stemma.api.wiring;

import dev.stemma.api.job.JobProgress;
import dev.stemma.ingest.content.StoreWatch;
import dev.stemma.ingest.content.WorkEndedException;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.time.Duration;
import java.util.function.Consumer;

/** Tells how work on the store goes on, some times a second, and ends it when its budget does. For one thread. */
final class StoreProgress implements StoreWatch {

    private static final long TOLD_EVERY_NANOS = Duration.ofMillis(200).toNanos();

    private final String name;
    private final Budget budget;
    private final Consumer<JobProgress> listener;
    private String stage = "";
    private long began;
    private long told;

    /** @param name of what is worked on */
    StoreProgress(String name, Budget budget, Consumer<JobProgress> listener) {
        this.name = name;
        this.budget = budget;
        this.listener = listener;
    }

    @Override
    public void at(Step step) throws WorkEndedException {
        try {
            budget.check(Origin.of(name));
        } catch (OverBudget e) {
            throw new WorkEndedException(e);
        }
        long now = System.nanoTime();
        boolean next = !step.stage().equals(stage);
        if (next) {
            stage = step.stage();
            began = now;
        }
        if (next || now - told >= TOLD_EVERY_NANOS) {
            told = now;
            listener.accept(new JobProgress(
                    0,
                    name,
                    stage,
                    0,
                    step.bytes(),
                    0,
                    step.totalBytes(),
                    Rate.perSecond(step.bytes(), began),
                    Rate.secondsLeft(step.bytes(), step.totalBytes(), began),
                    step.objects(),
                    step.totalObjects()));
        }
    }
}
