package dev.stemma.api.http;

import dev.stemma.queries.page.PageRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two parameters of every list. */
final class Paging {

    private static final int USUAL = 100;

    private Paging() {}

    static PageRequest of(@Nullable Integer limit, @Nullable String cursor) {
        return PageRequest.of(limit == null ? USUAL : limit, Optional.ofNullable(cursor));
    }
}
