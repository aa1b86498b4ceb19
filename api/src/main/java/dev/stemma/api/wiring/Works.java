package dev.stemma.api.wiring;

import dev.stemma.api.job.CheckInRequest;
import dev.stemma.api.job.CheckOutRequest;
import dev.stemma.api.job.CloneRequest;
import dev.stemma.api.job.CollectRequest;
import dev.stemma.api.job.CopyRequest;
import dev.stemma.api.job.IndexRequest;
import dev.stemma.api.job.Job;
import dev.stemma.api.job.JobProgress;
import dev.stemma.api.job.JobResult;
import dev.stemma.api.job.JobWork;
import dev.stemma.api.job.VerifyRequest;
import dev.stemma.api.problem.ProblemException;
import dev.stemma.api.problem.QueryProblems;
import dev.stemma.api.problem.ReferenceProblems;
import dev.stemma.graph.store.GraphException;
import dev.stemma.ingest.content.WorkEndedException;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.reference.ReferenceProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Who does which kind of job, and how what goes wrong is told. */
record Works(
        IndexWork index,
        ReferenceWork reference,
        CheckOutWork checkOut,
        CloneWork clones,
        CopyWork copy,
        VersionsRead reads)
        implements JobWork {

    @Override
    public Done run(Job job, int at, Budget budget, Consumer<JobProgress> progress) throws ImageProblem {
        try {
            return switch (job.request()) {
                case IndexRequest request -> index.run(request, at, budget, progress);
                case CheckInRequest request -> done(reference.checkIn(job, request, budget, progress));
                case CheckOutRequest request ->
                    done(reads.during(request.version(), () -> checkOut.run(job, request, budget, progress)));
                case CloneRequest request ->
                    done(reads.during(request.version(), () -> clones.run(job, request, budget, progress)));
                case CopyRequest request -> done(copy.run(job, request, budget, progress));
                case VerifyRequest request -> reference.verify(request, budget, progress);
                case CollectRequest request -> done(reference.collect(request, budget, progress));
            };
        } catch (ReferenceProblem e) {
            throw new ProblemException(ReferenceProblems.problem(e));
        } catch (GraphException e) {
            throw new ProblemException(QueryProblems.problem(e));
        } catch (WorkEndedException e) {
            throw e.why();
        } catch (IOException e) {
            throw new ProblemException(ReferenceProblems.problem(e));
        } catch (UncheckedIOException e) {
            throw new ProblemException(ReferenceProblems.problem(Objects.requireNonNull(e.getCause())));
        }
    }

    private static Done done(JobResult result) {
        return new Done(result, Optional.empty());
    }
}
