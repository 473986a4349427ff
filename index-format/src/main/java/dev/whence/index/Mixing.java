package dev.whence.index;

/** The finalizer of MurmurHash3: one to one, each bit of the result depends on each bit given. */
final class Mixing {
    private Mixing() {}

    static long of(long value) {
        long mixed = value;
        mixed = (mixed ^ mixed >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }
}
