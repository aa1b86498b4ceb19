package dev.stemma.queries.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts an {@link ImageQuery} together, one condition a call. Not thread-safe. */
public final class ImageQueryBuilder {

    private final List<PackageTerm> allOf = new ArrayList<>();
    private final List<PackageTerm> anyOf = new ArrayList<>();
    private final List<PackageTerm> noneOf = new ArrayList<>();
    private final List<FileTerm> files = new ArrayList<>();
    private final List<String> roles = new ArrayList<>();
    private Optional<TextTerm> text = Optional.empty();
    private Optional<TextTerm> name = Optional.empty();
    private Optional<TextTerm> description = Optional.empty();
    private Optional<TextTerm> os = Optional.empty();
    private Optional<TextTerm> osVersion = Optional.empty();
    private Optional<String> architecture = Optional.empty();
    private Optional<String> repository = Optional.empty();
    private Optional<TextTerm> location = Optional.empty();
    private Optional<Instant> modifiedAfter = Optional.empty();
    private Optional<Instant> modifiedBefore = Optional.empty();

    ImageQueryBuilder() {}

    public ImageQueryBuilder allOf(PackageTerm term) {
        allOf.add(term);
        return this;
    }

    public ImageQueryBuilder anyOf(PackageTerm term) {
        anyOf.add(term);
        return this;
    }

    public ImageQueryBuilder noneOf(PackageTerm term) {
        noneOf.add(term);
        return this;
    }

    public ImageQueryBuilder file(FileTerm term) {
        files.add(term);
        return this;
    }

    /** @param name {@code web-server}; several must all be there */
    public ImageQueryBuilder role(String name) {
        roles.add(name);
        return this;
    }

    public ImageQueryBuilder text(TextTerm term) {
        text = Optional.of(term);
        return this;
    }

    public ImageQueryBuilder name(TextTerm term) {
        name = Optional.of(term);
        return this;
    }

    public ImageQueryBuilder description(TextTerm term) {
        description = Optional.of(term);
        return this;
    }

    public ImageQueryBuilder os(TextTerm term) {
        os = Optional.of(term);
        return this;
    }

    public ImageQueryBuilder osVersion(TextTerm term) {
        osVersion = Optional.of(term);
        return this;
    }

    public ImageQueryBuilder architecture(String word) {
        architecture = Optional.of(word);
        return this;
    }

    public ImageQueryBuilder repository(String idOrName) {
        repository = Optional.of(idOrName);
        return this;
    }

    public ImageQueryBuilder location(TextTerm term) {
        location = Optional.of(term);
        return this;
    }

    public ImageQueryBuilder modifiedAfter(Instant time) {
        modifiedAfter = Optional.of(time);
        return this;
    }

    public ImageQueryBuilder modifiedBefore(Instant time) {
        modifiedBefore = Optional.of(time);
        return this;
    }

    public ImageQuery build() {
        return new ImageQuery(
                allOf,
                anyOf,
                noneOf,
                text,
                name,
                description,
                os,
                osVersion,
                architecture,
                repository,
                location,
                modifiedAfter,
                modifiedBefore,
                files,
                roles);
    }
}
