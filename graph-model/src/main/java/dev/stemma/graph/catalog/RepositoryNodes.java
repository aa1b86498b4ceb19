package dev.stemma.graph.catalog;

import java.util.List;
import org.springframework.data.neo4j.repository.Neo4jRepository;

/** Spring Data writes the queries for these. */
interface RepositoryNodes extends Neo4jRepository<RepositoryNode, String> {

    List<RepositoryNode> findAllByOrderByName();
}
