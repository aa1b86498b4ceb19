package dev.stemma.api.graphql;

import graphql.schema.DataFetcher;
import graphql.schema.idl.TypeRuntimeWiring;
import java.util.List;
import java.util.function.Function;

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

    /**
     * Adds the fields to a type.
     *
     * @param list makes the fetcher of a named statement
     */
    static TypeRuntimeWiring.Builder add(TypeRuntimeWiring.Builder type, Function<String, DataFetcher<?>> list) {
        NAMES.forEach(name -> type.dataFetcher(name, list.apply("machine/" + name)));
        return type;
    }
}
