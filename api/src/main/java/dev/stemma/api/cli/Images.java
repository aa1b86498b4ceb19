package dev.stemma.api.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All images. */
@Command(name = "images", description = "List all images.", footer = "  stemma images --output csv")
final class Images extends Request {

    static final Table TABLE = Table.of(
            Column.of("name", "name"),
            Column.list("operating system", "operatingSystems"),
            Column.of("level", image -> level(Answer.text(image, "level"))),
            Column.of("format", "format"),
            Column.time("modified", "modifiedAt"),
            Column.of("location", "location"),
            Column.of("id", "imageId"));

    @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "List so many. Default: 1000.")
    int limit = 1_000;

    @Mixin
    AsOf at = new AsOf();

    private static String level(String word) {
        return word.isEmpty() ? "not indexed" : word;
    }

    @Override
    public Integer call() {
        return print(
                all(
                        "/api/v1/images",
                        new ServiceClient.Query().with("at", at.date).with("limit", Math.min(limit, 1_000)),
                        limit),
                "items",
                TABLE);
    }
}
