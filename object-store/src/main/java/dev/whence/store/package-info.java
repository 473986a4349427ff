/**
 * The store of objects that everything durable lies in, by a contract small enough for memory, a
 * local directory and S3 to keep it alike: whole and ranged reads, put, put-if-absent (the only way
 * that Whence commits anything), copy-if-absent, ordered listing, delete.
 */
@NullMarked
package dev.whence.store;

import org.jspecify.annotations.NullMarked;
