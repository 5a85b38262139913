import { createKeyFinder } from './attributes';

/**
 * Operations that only hand messages over: types of the conventions, and the
 * corresponding names of messaging systems. An operation that is not listed
 * counts as processing.
 */
const HANDING_OVER = [
  'receive',
  'settle',
  'create',
  'send',
  'publish',
  // Names for receiving.
  'poll',
  'peek',
  'receive_deferred',
  // Names for settling.
  'ack',
  'nack',
  'modack',
  'commit',
  'checkpoint',
  'complete',
  'abandon',
  'dead_letter',
];

const findHandingOver = createKeyFinder(HANDING_OVER);

/** Whether an operation hands messages over without processing them. */
export function isHandingOver(
  bytes: Uint8Array,
  start: number,
  length: number,
): boolean {
  return findHandingOver(bytes, start, length) > 0;
}
