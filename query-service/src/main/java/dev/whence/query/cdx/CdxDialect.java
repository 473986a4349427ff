package dev.whence.query.cdx;

import java.util.List;
import java.util.Map;

/** Whose manners an answer has. */
public enum CdxDialect {
    /** The Wayback CDX server: text by default, JSON as arrays under a line of names. */
    WAYBACK,
    /** pywb, and the index of Common Crawl which runs it: JSON as an object on each line. */
    PYWB;

    /** The fields that are told when nobody says which. */
    public List<CdxField> fields() {
        String names =
                switch (this) {
                    case WAYBACK ->
                            "urlkey,timestamp,original,mimetype,statuscode,digest,length,dataset";
                    case PYWB ->
                            "urlkey,timestamp,url,mime,status,digest,length,offset,filename,dataset";
                };
        return CdxField.list(names);
    }

    /** How a value is compared where a filter has no sign. */
    public CdxFilter.Plain plainFilter() {
        return switch (this) {
            case WAYBACK -> CdxFilter.Plain.MATCHES;
            case PYWB -> CdxFilter.Plain.CONTAINS;
        };
    }

    /** The outputs that can be asked for by name; the empty name is for when nobody asks. */
    public Map<String, CdxOutput> outputs() {
        return switch (this) {
            case WAYBACK ->
                    Map.of(
                            "", CdxOutput.TEXT,
                            "text", CdxOutput.TEXT,
                            "json", CdxOutput.JSON_ARRAYS);
            case PYWB ->
                    Map.of(
                            "", CdxOutput.CDXJ,
                            "cdxj", CdxOutput.CDXJ,
                            "text", CdxOutput.TEXT,
                            "json", CdxOutput.JSON_LINES);
        };
    }
}
