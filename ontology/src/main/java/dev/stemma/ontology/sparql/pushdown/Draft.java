package dev.stemma.ontology.sparql.pushdown;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.jena.graph.Node;

/** A statement being written. Copies share names and parameters, so that they can stand in one text. */
final class Draft {

    private final StringBuilder text;
    private final AtomicInteger names;
    private final Map<String, Object> parameters;
    private final Map<Node, Slot> slots;
    private final List<String> carried;

    private Draft(
            String text,
            AtomicInteger names,
            Map<String, Object> parameters,
            Map<Node, Slot> slots,
            List<String> carried) {
        this.text = new StringBuilder(text);
        this.names = names;
        this.parameters = parameters;
        this.slots = new LinkedHashMap<>(slots);
        this.carried = carried;
    }

    static Draft empty() {
        return new Draft("", new AtomicInteger(), new HashMap<>(), Map.of(), List.of());
    }

    /** An empty statement whose names and parameters are this one's, so that both can stand in one text. */
    Draft sibling() {
        return new Draft("", names, parameters, Map.of(), List.of());
    }

    /** The same statement, to be gone on with in another way. */
    Draft copy() {
        return new Draft(text.toString(), names, parameters, slots, carried);
    }

    /** A statement inside this one, that sees what this one bound. */
    Draft inner() {
        return new Draft("", names, parameters, slots, carried);
    }

    /** The same statement, where a name is carried along through each {@code WITH}. */
    Draft carrying(String name) {
        List<String> all = new ArrayList<>(carried);
        all.add(name);
        return new Draft(text.toString(), names, parameters, slots, List.copyOf(all));
    }

    /** A name that is in no other use. */
    String name(String prefix) {
        return prefix + names.getAndIncrement();
    }

    /** Hands over a value; the result stands for it in the text. */
    String parameter(Object value) {
        String name = name("p");
        parameters.put(name, value);
        return "$" + name;
    }

    Draft line(String clause) {
        text.append(clause).append('\n');
        return this;
    }

    void bind(Node variable, Slot slot) {
        slots.put(variable, slot);
    }

    Map<Node, Slot> slots() {
        return slots;
    }

    List<String> carried() {
        return carried;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    String text() {
        return text.toString();
    }
}
