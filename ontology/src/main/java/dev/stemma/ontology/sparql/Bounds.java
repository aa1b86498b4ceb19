package dev.stemma.ontology.sparql;

import dev.stemma.ontology.sparql.pushdown.Guarded;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.sparql.expr.E_Regex;
import org.apache.jena.sparql.expr.E_StrConcat;
import org.apache.jena.sparql.expr.E_StrReplace;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprEvalException;
import org.apache.jena.sparql.expr.ExprException;
import org.apache.jena.sparql.expr.ExprFunctionN;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.ExprTransformCopy;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.expr.RegexEngine;

/**
 * Functions that can run or grow without end, under the query's limits: {@code REGEX} and {@code REPLACE} stop at the time
 * limit in the middle of a match, and what {@code CONCAT} and {@code REPLACE} build is counted before it is built.
 */
final class Bounds extends ExprTransformCopy {

    private final Allowance allowance;

    Bounds(Allowance allowance) {
        this.allowance = allowance;
    }

    @Override
    public Expr transform(ExprFunctionN function, ExprList args) {
        return switch (function) {
            case E_Regex regex -> new Bounded((ExprFunctionN) regex.copy(args), allowance);
            case E_StrReplace replace -> new Bounded((ExprFunctionN) replace.copy(args), allowance);
            case E_StrConcat concat -> new Bounded((ExprFunctionN) concat.copy(args), allowance);
            default -> super.transform(function, args);
        };
    }

    /** A text that looks at the clock while it is read. */
    private record Watched(CharSequence text, Allowance allowance, int[] reads) implements CharSequence {

        @Override
        public char charAt(int index) {
            if ((++reads[0] & 0x3fff) == 0) {
                allowance.check();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text.subSequence(start, end), allowance, reads);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    /** The plain function, after a trial that would meet a limit first. */
    private static final class Bounded extends ExprFunctionN implements Guarded {

        private final ExprFunctionN plain;
        private final Allowance allowance;

        Bounded(ExprFunctionN plain, Allowance allowance) {
            super(plain.getFunctionSymbol().getSymbol(), new ExprList(plain.getArgs()));
            this.plain = plain;
            this.allowance = allowance;
        }

        @Override
        public Expr plain() {
            return plain;
        }

        @Override
        public NodeValue eval(List<NodeValue> args) {
            switch (plain) {
                case E_Regex _ -> {
                    Matcher matcher = matcher(args, 2);
                    if (matcher.find()) {
                        allowance.check();
                    }
                }
                case E_StrReplace _ -> {
                    Matcher matcher = matcher(args, 3);
                    int by = args.get(2).asUnquotedString().length();
                    while (matcher.find()) {
                        allowance.built(by + matcher.end() - matcher.start());
                    }
                    allowance.built(args.get(0).asUnquotedString().length());
                }
                default ->
                    args.forEach(arg -> allowance.built(arg.asUnquotedString().length()));
            }
            return plain.eval(args);
        }

        private Matcher matcher(List<NodeValue> args, int flagsAt) {
            try {
                String flags = args.size() > flagsAt ? args.get(flagsAt).getString() : "";
                Pattern pattern = RegexEngine.makePattern("regex", args.get(1).getString(), flags);
                return pattern.matcher(new Watched(args.get(0).asUnquotedString(), allowance, new int[1]));
            } catch (ExprException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new ExprEvalException("not a regular expression: " + args.get(1), e);
            }
        }

        @Override
        public Expr copy(ExprList newArgs) {
            return new Bounded((ExprFunctionN) plain.copy(newArgs), allowance);
        }
    }
}
