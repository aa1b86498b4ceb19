package dev.stemma.queries.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.util.CharTokenizer;

/** How texts become words: those of configuration as {@link ConfigurationTerm} has them, all others as Lucene does by itself. */
final class WordAnalyzer extends AnalyzerWrapper {

    /** More than any phrase has words. */
    private static final int LINE_GAP = 100;

    private final Analyzer standard = new StandardAnalyzer();
    private final Analyzer configuration = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer tokenizer = CharTokenizer.fromTokenCharPredicate(ConfigurationTerm::isWord);
            return new TokenStreamComponents(tokenizer, new LowerCaseFilter(tokenizer));
        }

        @Override
        public int getPositionIncrementGap(String field) {
            return LINE_GAP;
        }
    };

    WordAnalyzer() {
        super(PER_FIELD_REUSE_STRATEGY);
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String field) {
        return field.equals(IndexFields.TEXT_WORDS) ? configuration : standard;
    }
}
