/** Tests of the index files: round trips, a naive model beside them, and every kind of damage. */
package dev.whence.index;
