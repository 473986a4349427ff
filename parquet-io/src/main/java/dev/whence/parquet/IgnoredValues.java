package dev.whence.parquet;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Column readers want somewhere to put values, also when these are taken from the readers. */
public final class IgnoredValues extends GroupConverter {
    private static final PrimitiveConverter VALUE = new PrimitiveConverter() {};

    @Override
    public Converter getConverter(int field) {
        return this;
    }

    /** Whatever the schema's shape: this is the converter of its groups and of its leaves. */
    @Override
    public PrimitiveConverter asPrimitiveConverter() {
        return VALUE;
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
}
