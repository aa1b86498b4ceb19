package dev.stemma.graph.catalog;

import org.springframework.data.neo4j.core.schema.Id;
import org.springframework.data.neo4j.core.schema.Node;

/** The node labelled {@code Repository}. */
@Node("Repository")
record RepositoryNode(@Id String id, String name, Repository.Kind kind, String connector, String uri) {

    static RepositoryNode of(Repository repository) {
        return new RepositoryNode(
                repository.id(), repository.name(), repository.kind(), repository.connector(), repository.uri());
    }

    Repository repository() {
        return new Repository(id, name, kind, connector, uri);
    }
}
