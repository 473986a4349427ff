package dev.whence.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The peer: Lucene's terms dictionary, each domain a term with one document, in one segment. */
final class LuceneTerms implements TermsPeer {
    private static final String FIELD = "domain";
    private static final double BUFFER_MEBIBYTES = 256;

    private final Path path;
    private final FSDirectory directory;
    private final DirectoryReader reader;
    private final TermsEnum terms;
    private @Nullable PostingsEnum postings;

    private LuceneTerms(Path path, FSDirectory directory) throws IOException {
        this.path = path;
        this.directory = directory;
        this.reader = DirectoryReader.open(directory);
        this.terms = reader.leaves().getFirst().reader().terms(FIELD).iterator();
    }

    static LuceneTerms of(Path path, Iterable<String> domains) throws IOException {
        FSDirectory directory = FSDirectory.open(Files.createDirectory(path));
        var config = new IndexWriterConfig();
        config.setRAMBufferSizeMB(BUFFER_MEBIBYTES);
        config.setMergePolicy(new LogDocMergePolicy());
        config.setUseCompoundFile(false);
        try (var writer = new IndexWriter(directory, config)) {
            var document = new Document();
            var field = new StringField(FIELD, "", Field.Store.NO);
            document.add(field);
            for (String domain : domains) {
                field.setStringValue(domain);
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        return new LuceneTerms(path, directory);
    }

    @Override
    public String name() {
        return "Lucene, terms dictionary";
    }

    @Override
    public int find(String domain) throws IOException {
        if (!terms.seekExact(new BytesRef(domain))) {
            return -1;
        }
        postings = terms.postings(postings, PostingsEnum.NONE);
        return postings.nextDoc();
    }

    @Override
    public long prefix(String prefix, int limit) throws IOException {
        BytesRef wanted = new BytesRef(prefix);
        long bytes = 0;
        boolean more = terms.seekCeil(wanted) != TermsEnum.SeekStatus.END;
        for (int i = 0; more && i < limit; i++) {
            bytes += terms.term().utf8ToString().length();
            more = terms.next() != null;
        }
        return bytes;
    }

    /** Files that hold terms and what they lead to. */
    @Override
    public long bytes() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().matches(".*\\.(tim|tip|tmd|doc|psm)"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
        directory.close();
    }
}
