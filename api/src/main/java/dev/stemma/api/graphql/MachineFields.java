package dev.stemma.api.graphql;

import graphql.schema.DataFetcher;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields that say what a machine is; each is one statement under {@code cypher/graphql/machine} for all inventories of an answer. */
final class MachineFields {

    private static final List<String> NAMES = List.of(
            "roles",
            "boots",
            "kernels",
            "services",
            "masked",
            "jobs",
            "hosts",
            "accounts",
            "groups",
            "hostKeys",
            "authorizedKeys",
            "certificates",
            "privateKeys",
            "interfaces",
            "listeners",
            "programs");

    private MachineFields() {}

    /** @param list makes the fetcher of a named statement */
    static <T> Map<String, DataFetcher<?>> all(Function<String, DataFetcher<T>> list) {
        return NAMES.stream().collect(Collectors.toUnmodifiableMap(name -> name, name -> list.apply("machine/" + name)));
    }
}
