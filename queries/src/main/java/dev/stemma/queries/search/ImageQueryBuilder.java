package dev.stemma.queries.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts an {@link ImageQuery} together of conditions that must all hold, one a call. Not thread-safe. */
public final class ImageQueryBuilder {

    private final List<Condition> all = new ArrayList<>();
    private final List<Condition> any = new ArrayList<>();

    ImageQueryBuilder() {}

    public ImageQueryBuilder is(Condition condition) {
        all.add(condition);
        return this;
    }

    public ImageQueryBuilder allOf(PackageTerm term) {
        return is(new Condition.Software(term));
    }

    /** One at least of all that are named so must be there. */
    public ImageQueryBuilder anyOf(PackageTerm term) {
        any.add(new Condition.Software(term));
        return this;
    }

    public ImageQueryBuilder noneOf(PackageTerm term) {
        return is(new Condition.Not(new Condition.Software(term)));
    }

    public ImageQueryBuilder file(FileTerm term) {
        return is(new Condition.Holds(term));
    }

    /** @param name {@code web-server}; several must all be there */
    public ImageQueryBuilder role(String name) {
        return is(new Condition.Keyword(KeywordField.ROLE, name));
    }

    /** Images and versions, and no machines. */
    public ImageQueryBuilder images() {
        return is(new Condition.Not(new Condition.Keyword(KeywordField.KIND, ImageFacts.MACHINE)));
    }

    public ImageQueryBuilder text(TextTerm term) {
        return is(new Condition.Text(TextField.ANYWHERE, term));
    }

    public ImageQueryBuilder name(TextTerm term) {
        return is(new Condition.Text(TextField.NAME, term));
    }

    public ImageQueryBuilder description(TextTerm term) {
        return is(new Condition.Text(TextField.DESCRIPTION, term));
    }

    public ImageQueryBuilder os(TextTerm term) {
        return is(new Condition.Text(TextField.OS, term));
    }

    public ImageQueryBuilder osVersion(TextTerm term) {
        return is(new Condition.Text(TextField.OS_VERSION, term));
    }

    public ImageQueryBuilder architecture(String word) {
        return is(new Condition.Keyword(KeywordField.ARCHITECTURE, word));
    }

    public ImageQueryBuilder repository(String idOrName) {
        return is(new Condition.Keyword(KeywordField.REPOSITORY, idOrName));
    }

    public ImageQueryBuilder location(TextTerm term) {
        return is(new Condition.Text(TextField.LOCATION, term));
    }

    /** At or after this. */
    public ImageQueryBuilder modifiedAfter(Instant time) {
        return is(new Condition.Modified(Optional.of(time), Optional.empty()));
    }

    public ImageQueryBuilder modifiedBefore(Instant time) {
        return is(new Condition.Modified(Optional.empty(), Optional.of(time)));
    }

    public ImageQuery build() {
        List<Condition> parts = new ArrayList<>(all);
        if (!any.isEmpty()) {
            parts.add(new Condition.Any(any));
        }
        return new ImageQuery(new Condition.All(parts), Optional.empty());
    }
}
