package dev.stemma.graph.catalog;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.neo4j.repository.Neo4jRepository;

/** Spring Data writes the queries for these. */
interface ImageNodes extends Neo4jRepository<ImageNode, String> {

    Optional<ImageNode> findByLocation(String location);

    List<ImageNode> findByNameOrderById(String name, Limit limit);

    List<ImageNode> findByIdStartingWithOrderById(String prefix, Limit limit);
}
