package dev.whence.query.listing;

/** A list of URLs: what a dataset holds of a domain, as far as a filter lets it through. */
public record UrlList(String domain, int datasetId, UrlFilter filter) {}
