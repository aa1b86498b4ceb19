package dev.stemma.ontology.sparql;

import dev.stemma.ontology.sparql.SparqlProblem.Code;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.QueryParseException;
import org.apache.jena.query.Syntax;
import org.apache.jena.shared.JenaException;
import org.apache.jena.sparql.algebra.Algebra;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.OpVisitorBase;
import org.apache.jena.sparql.algebra.op.OpDatasetNames;
import org.apache.jena.sparql.algebra.op.OpGraph;
import org.apache.jena.sparql.algebra.op.OpGroup;
import org.apache.jena.sparql.algebra.op.OpOrder;
import org.apache.jena.sparql.algebra.op.OpPropFunc;
import org.apache.jena.sparql.algebra.op.OpQuadPattern;
import org.apache.jena.sparql.algebra.op.OpService;
import org.apache.jena.sparql.algebra.walker.Walker;
import org.apache.jena.sparql.expr.E_Function;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprAggregator;
import org.apache.jena.sparql.expr.ExprFunction;
import org.apache.jena.sparql.expr.ExprFunctionN;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.ExprVisitorBase;
import org.apache.jena.sparql.expr.aggregate.AggCustom;
import org.apache.jena.sparql.expr.aggregate.AggGroupConcat;
import org.apache.jena.sparql.expr.aggregate.AggGroupConcatDistinct;
import org.apache.jena.vocabulary.XSD;
import org.jspecify.annotations.Nullable;

/** Reads a query's text, and refuses what Stemma does not run before anything of it is run. */
final class QueryGuard {

    /** Longest query, in characters. */
    static final int MAX_LENGTH = 100_000;

    /** What relative IRIs are resolved against, so that no path of this machine comes in. */
    private static final String BASE = "https://stemma.dev/";

    private static final int MAX_SEPARATOR = 256;

    private QueryGuard() {}

    static SparqlQuery parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new SparqlProblem(Code.UNSUPPORTED, "a query has at most " + MAX_LENGTH + " characters");
        }
        try {
            return checked(read(text));
        } catch (StackOverflowError e) {
            throw new SparqlProblem(Code.UNSUPPORTED, "the query is nested too deeply");
        }
    }

    private static SparqlQuery checked(Query query) {
        SparqlQuery.Form form = form(query);
        if (query.hasDatasetDescription()) {
            throw new SparqlProblem(Code.UNSUPPORTED, "FROM is not supported: there is one graph, the library itself");
        }
        Op op;
        try {
            op = query.getQueryPattern() == null ? null : Algebra.compile(query);
        } catch (JenaException e) {
            throw new SparqlProblem(Code.UNSUPPORTED, "the query cannot be evaluated: " + e.getMessage(), e);
        }
        if (op != null) {
            Walker.walk(op, new ForbiddenOps(), new ForbiddenExprs());
        }
        return new SparqlQuery(query, form);
    }

    private static Query read(String text) {
        try {
            return QueryFactory.create(text, BASE, Syntax.syntaxSPARQL_11);
        } catch (QueryParseException e) {
            // The parser catches its own stack overflow, and has nothing to say of it.
            if (e.getMessage() == null || e.getCause() instanceof StackOverflowError) {
                throw new SparqlProblem(Code.UNSUPPORTED, "the query is nested too deeply", e);
            }
            throw new SparqlProblem(Code.SYNTAX, syntaxMessage(text, e), e);
        } catch (JenaException e) {
            throw new SparqlProblem(Code.SYNTAX, String.valueOf(e.getMessage()), e);
        }
    }

    private static String syntaxMessage(String text, QueryParseException e) {
        String first = text.stripLeading().split("[\\s{]", 2)[0];
        if (first.matches("(?i)insert|delete|load|clear|drop|create|copy|move|add|with")) {
            return "updates are not supported: SPARQL here only reads";
        }
        return String.valueOf(e.getMessage());
    }

    private static SparqlQuery.Form form(Query query) {
        if (query.isSelectType()) {
            return SparqlQuery.Form.SELECT;
        }
        if (query.isAskType()) {
            return SparqlQuery.Form.ASK;
        }
        if (query.isConstructType() && !query.isConstructQuad()) {
            return SparqlQuery.Form.CONSTRUCT;
        }
        if (query.isDescribeType()) {
            return SparqlQuery.Form.DESCRIBE;
        }
        throw new SparqlProblem(Code.UNSUPPORTED, "SELECT, ASK, CONSTRUCT and DESCRIBE are supported");
    }

    private static final class ForbiddenOps extends OpVisitorBase {
        @Override
        public void visit(OpService op) {
            throw new SparqlProblem(Code.UNSUPPORTED, "SERVICE is not supported: no other server is asked");
        }

        @Override
        public void visit(OpGraph op) {
            throw new SparqlProblem(Code.UNSUPPORTED, "GRAPH is not supported: there are no named graphs");
        }

        @Override
        public void visit(OpDatasetNames op) {
            throw new SparqlProblem(Code.UNSUPPORTED, "GRAPH is not supported: there are no named graphs");
        }

        @Override
        public void visit(OpQuadPattern op) {
            throw new SparqlProblem(Code.UNSUPPORTED, "GRAPH is not supported: there are no named graphs");
        }

        @Override
        public void visit(OpOrder op) {
            op.getConditions().forEach(condition -> check(condition.getExpression()));
        }

        @Override
        public void visit(OpGroup op) {
            op.getGroupVars().getExprs().values().forEach(QueryGuard::check);
            op.getAggregators().forEach(QueryGuard::check);
        }

        @Override
        public void visit(OpPropFunc op) {
            throw new SparqlProblem(Code.UNSUPPORTED, "property functions are not supported");
        }
    }

    private static void check(@Nullable Expr expr) {
        if (expr != null) {
            Walker.walk(expr, new ForbiddenOps(), new ForbiddenExprs());
        }
    }

    private static final class ForbiddenExprs extends ExprVisitorBase {
        @Override
        public void visit(ExprFunctionN function) {
            if (function instanceof E_Function named) {
                check(named);
            }
        }

        private static void check(ExprFunction function) {
            String iri = function.getFunctionIRI();
            if (iri == null || !iri.startsWith(XSD.getURI())) {
                throw new SparqlProblem(
                        Code.UNSUPPORTED, "only SPARQL's own functions are supported, not <" + iri + ">");
            }
        }

        @Override
        public void visit(ExprAggregator aggregator) {
            ExprList inner = aggregator.getAggregator().getExprList();
            if (inner != null) {
                inner.getList().forEach(QueryGuard::check);
            }
            switch (aggregator.getAggregator()) {
                case AggCustom _ ->
                    throw new SparqlProblem(Code.UNSUPPORTED, "only SPARQL's own aggregates are supported");
                case AggGroupConcat concat -> checkSeparator(concat.getSeparator());
                case AggGroupConcatDistinct concat -> checkSeparator(concat.getSeparator());
                default -> {}
            }
        }

        private static void checkSeparator(@Nullable String separator) {
            if (separator != null && separator.length() > MAX_SEPARATOR) {
                throw new SparqlProblem(Code.UNSUPPORTED, "a separator has at most " + MAX_SEPARATOR + " characters");
            }
        }
    }
}
