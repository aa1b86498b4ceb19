package dev.stemma.queries.page;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of an answer.
 *
 * @param items in the order of the answer
 * @param next text of the cursor to go on with; empty on the last page
 * @param total how many items all pages have together
 */
public record Page<T>(List<T> items, Optional<String> next, long total) {

    public Page {
        items = List.copyOf(items);
    }

    /** The same page with each item turned into something else. */
    public <U> Page<U> map(Function<? super T, ? extends U> turn) {
        return new Page<U>(items.stream().<U>map(turn).toList(), next, total);
    }
}
