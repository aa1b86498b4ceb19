package dev.stemma.ontology.sparql.pushdown;

import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingBuilder;
import org.apache.jena.sparql.engine.binding.BindingFactory;

/**
 * One statement that answers a pattern, or a part of the ways that the pattern can match. Immutable.
 *
 * @param cypher the text
 * @param parameters its parameters, without the input
 * @param ways for each way, the variables that it binds and how its columns are read
 * @param input whether it takes input rows as {@code $rows} and says in column {@code i} which one it went on from
 */
public record Pushed(String cypher, Map<String, Object> parameters, List<List<Cell>> ways, boolean input) {

    public Pushed {
        parameters = Map.copyOf(parameters);
        ways = List.copyOf(ways);
    }

    /** A variable, the column that holds it, and how to read that. */
    record Cell(Var variable, String column, Codes.Decoder decoder) {}

    /** The statement for one answer without input. */
    public Statement statement() {
        return new Statement(cypher, parameters);
    }

    /** The statement that goes on from input rows, made by {@link Input#rows}. */
    public Statement statement(List<Map<String, Object>> rows) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("rows", rows);
        return new Statement(cypher, all);
    }

    /** Which of the input rows a row goes on from. */
    public int from(Row row) {
        return (int) row.number("i");
    }

    /** The solution that a row stands for, added to what was bound before. */
    public Binding binding(Row row, Binding before) {
        BindingBuilder builder = BindingFactory.builder(before);
        int way = (int) row.number("way");
        for (Cell cell : ways.get(way)) {
            row.find(cell.column()).ifPresent(value -> {
                Node term = cell.decoder().term(value);
                builder.add(cell.variable(), term);
            });
        }
        return builder.build();
    }
}
