package dev.whence.query.page;

/** The pages that one can go to from every other. */
enum Section {
    LOOK_UP("Look up", "/"),
    DATASETS("Datasets", "/datasets"),
    COMPARE("Compare", "/compare"),
    LISTS("Lists", "/lists"),
    VERSIONS("Versions", "/versions");

    private final String title;
    private final String path;

    Section(String title, String path) {
        this.title = title;
        this.path = path;
    }

    String title() {
        return title;
    }

    String path() {
        return path;
    }
}
