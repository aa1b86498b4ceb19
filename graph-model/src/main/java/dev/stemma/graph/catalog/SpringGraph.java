package dev.stemma.graph.catalog;

import dev.stemma.graph.store.BoltGraph;
import java.util.Set;
import org.neo4j.driver.BookmarkManager;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.data.neo4j.core.Neo4jClient;
import org.springframework.data.neo4j.core.Neo4jTemplate;
import org.springframework.data.neo4j.core.mapping.Neo4jMappingContext;
import org.springframework.data.neo4j.core.transaction.Neo4jBookmarkManager;
import org.springframework.data.neo4j.core.transaction.Neo4jBookmarksUpdatedEvent;
import org.springframework.data.neo4j.core.transaction.Neo4jTransactionManager;

/**
 * Spring Data Neo4j without Spring's context: the few parts that it needs, built by hand, which starts in a third of the
 * time. It shares the driver and the bookmarks of a {@link BoltGraph}, so that each sees what the other wrote.
 */
record SpringGraph(Neo4jTemplate template, ImageNodes images, RepositoryNodes repositories) {

    private static final String FACTORY =
            "org.springframework.data.neo4j.repository.support.Neo4jRepositoryFactoryBean";

    static SpringGraph over(BoltGraph graph) {
        Neo4jBookmarkManager bookmarks = shared(graph.bookmarks());
        Neo4jClient client = Neo4jClient.with(graph.driver())
                .withNeo4jBookmarkManager(bookmarks)
                .build();
        Neo4jMappingContext mapping = new Neo4jMappingContext();
        mapping.setInitialEntitySet(Set.of(ImageNode.class, RepositoryNode.class));
        mapping.setStrict(true);
        mapping.initialize();
        Neo4jTransactionManager transactions = Neo4jTransactionManager.with(graph.driver())
                .withBookmarkManager(bookmarks)
                .build();
        Neo4jTemplate template = new Neo4jTemplate(client, mapping, transactions);

        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        ClassLoader loader = SpringGraph.class.getClassLoader();
        beans.setBeanClassLoader(loader);
        template.setBeanClassLoader(loader);
        template.setBeanFactory(beans);
        beans.registerSingleton("transactionManager", transactions);
        return new SpringGraph(
                template,
                repository(beans, template, mapping, ImageNodes.class),
                repository(beans, template, mapping, RepositoryNodes.class));
    }

    private static <R> R repository(
            DefaultListableBeanFactory beans, Neo4jTemplate template, Neo4jMappingContext mapping, Class<R> type) {
        beans.registerBeanDefinition(
                type.getName(),
                BeanDefinitionBuilder.genericBeanDefinition(FACTORY)
                        .addConstructorArgValue(type)
                        .addPropertyValue("neo4jOperations", template)
                        .addPropertyValue("mappingContext", mapping)
                        .getBeanDefinition());
        return beans.getBean(type);
    }

    /** The graph's bookmarks seed Spring's, and what Spring adds comes back as an event. */
    private static Neo4jBookmarkManager shared(BookmarkManager bookmarks) {
        Neo4jBookmarkManager manager = Neo4jBookmarkManager.create(bookmarks::getBookmarks);
        manager.setApplicationEventPublisher(event -> {
            if (event instanceof Neo4jBookmarksUpdatedEvent updated) {
                bookmarks.updateBookmarks(Set.of(), updated.getBookmarks());
            }
        });
        return manager;
    }
}
