package dev.whence.benchmarks.spark;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;

/** Local files with no checksum file beside each: no object store has them, and none of ours. */
public final class PlainLocalFileSystem extends LocalFileSystem {

    @Override
    public void initialize(URI name, Configuration configuration) throws IOException {
        super.initialize(name, configuration);
        setVerifyChecksum(false);
        setWriteChecksum(false);
    }
}
