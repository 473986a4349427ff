package dev.whence.faults;

/**
 * How a process ended.
 *
 * @param status of its exit; 128 and the number of the signal if it was one
 * @param lastLine what it printed last
 * @param expected whether it was meant to end, and so
 */
record End(int status, String lastLine, boolean expected) {
    static End of(int status, String output, Ending meant) {
        String lastLine =
                output.lines().filter(line -> !line.isBlank()).reduce("", (_, line) -> line);
        return new End(status, lastLine, meant.matches(status, output));
    }
}
