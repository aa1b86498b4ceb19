package dev.stemma.api.http;

import dev.stemma.queries.moment.AsOf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameter of questions that may be asked as of a date. */
final class Moments {

    private Moments() {}

    /**
     * @throws dev.stemma.queries.problem.QueryProblem {@code INVALID} for what is no date or time
     */
    static Optional<AsOf> of(@Nullable String at) {
        return Optional.ofNullable(at).filter(text -> !text.isBlank()).map(AsOf::parse);
    }
}
