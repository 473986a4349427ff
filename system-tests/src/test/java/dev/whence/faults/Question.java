package dev.whence.faults;

/** What a witness asks. */
sealed interface Question {
    /** So many URLs are asked for at once that a list has one page, but in long runs. */
    int PAGE = 10_000;

    String path();

    /** How many URLs each dataset holds. */
    record OfDatasets() implements Question {
        @Override
        public String path() {
            return "/v1/datasets";
        }
    }

    /** How many URLs of a domain each dataset holds. */
    record OfDomain(String domain) implements Question {
        @Override
        public String path() {
            return "/v1/domain/" + domain;
        }
    }

    /** The URLs of a domain in a dataset. */
    record OfUrls(String domain, String dataset, long id) implements Question {
        @Override
        public String path() {
            return "/v1/domain/%s/datasets/%d/urls?limit=%d".formatted(domain, id, PAGE);
        }
    }
}
