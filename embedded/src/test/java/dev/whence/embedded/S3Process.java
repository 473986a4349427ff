package dev.whence.embedded;

import java.nio.file.Path;

/** Serves S3 on the directory that it is given until it is killed. */
final class S3Process {
    static final String ACCESS_KEY = "reader";
    static final String SECRET_KEY = "a secret of the tests";

    private S3Process() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedS3 s3 = EmbeddedS3.start(Path.of(arguments[0]), 0, ACCESS_KEY, SECRET_KEY);
        s3.createBucket("lake");
        System.out.println(s3.endpoint());
        Thread.currentThread().join();
    }
}
