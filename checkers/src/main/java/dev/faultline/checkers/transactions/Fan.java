package dev.faultline.checkers.transactions;

/**
 * Several writes that are all overwrites of the same version, as far as anyone can tell.
 *
 * <p>A thousand reads of that version are a thousand dependencies on the fan, not on each of what
 * may be a thousand writes.
 *
 * @param key the key that they write, which the fan is known by
 * @param transactions who wrote
 * @param operations with which micro-operation, in the same order
 */
@SuppressWarnings("ArrayRecordComponent") // Made once for each key, and never changed.
record Fan(int key, int[] transactions, int[] operations) {}
