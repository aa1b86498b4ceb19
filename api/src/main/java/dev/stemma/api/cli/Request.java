package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.home.Home;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands share: the form of the answer, the way to the service and to the terminal. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footerHeading = "%nExample:%n")
abstract class Request implements Callable<Integer> {

    @Option(
            names = {"--output", "-O"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table, json or csv; default: ${DEFAULT-VALUE}.")
    Output output = Output.TABLE;

    @Spec
    @org.jspecify.annotations.Nullable
    CommandSpec spec;

    Terminal terminal() {
        return session().terminal();
    }

    Home home() {
        return session().home();
    }

    private Session session() {
        return (Session) java.util.Objects.requireNonNull(spec).root().userObject();
    }

    ServiceClient service() {
        return ServiceClient.of(home());
    }

    /** What the root command carries down. */
    interface Session {
        Terminal terminal();

        Home home();
    }

    /** Prints a list of {@code items} in the form asked for. */
    int print(JsonNode answer, String member, Table table) {
        return print(answer, Answer.list(answer, member), table);
    }

    int print(JsonNode whole, List<JsonNode> rows, Table table) {
        switch (output) {
            case JSON -> terminal().out().println(Answer.pretty(whole));
            case CSV -> {
                table.csvHeader(terminal().out()::println);
                rows.forEach(row -> table.csv(row, terminal().out()::println));
            }
            case TABLE -> {
                if (rows.isEmpty()) {
                    terminal().err().println("(none)");
                } else {
                    table.print(rows, terminal());
                }
            }
        }
        return 0;
    }

    /** Follows the cursor of a list to its end, or until there are enough. */
    JsonNode all(String path, ServiceClient.Query query, int limit) {
        List<JsonNode> items = new ArrayList<>();
        JsonNode page = service().get(path + query);
        while (true) {
            items.addAll(Answer.list(page, "items"));
            String next = Answer.text(page, "next");
            if (next.isEmpty() || items.size() >= limit) {
                break;
            }
            page = service().get(path + query.replace("cursor", next));
        }
        var whole = Answer.object();
        var array = whole.putArray("items");
        items.stream().limit(limit).forEach(array::add);
        return whole;
    }
}
