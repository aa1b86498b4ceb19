package dev.stemma.graph.catalog;

import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.neo4j.core.schema.Id;
import org.springframework.data.neo4j.core.schema.Node;

/** The node labelled {@code Image}. Flat on purpose: mapped relationships are loaded without bound. */
@Node("Image")
record ImageNode(
        @Id String id,
        String name,
        @Nullable String description,
        @Nullable String format,
        String location,
        @Nullable Long virtualBytes,
        @Nullable Long allocatedBytes,
        @Nullable ZonedDateTime modifiedAt,
        Image.@Nullable State state,
        @Nullable ZonedDateTime registeredAt) {

    @PersistenceCreator
    ImageNode {}

    Image image() {
        ZonedDateTime registered = registeredAt;
        ZonedDateTime modified = modifiedAt == null ? registered : modifiedAt;
        return new Image(
                id,
                name,
                Optional.ofNullable(description),
                format == null ? "unknown" : format,
                location,
                virtualBytes == null ? 0 : virtualBytes,
                allocatedBytes == null ? 0 : allocatedBytes,
                modified == null ? java.time.Instant.EPOCH : modified.toInstant(),
                state == null ? Image.State.ACTIVE : state,
                registered == null ? java.time.Instant.EPOCH : registered.toInstant());
    }
}
