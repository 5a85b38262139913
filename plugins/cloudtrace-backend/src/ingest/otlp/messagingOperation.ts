import { createKeyFinder } from './attributes';

/**
 * Operations that hand messages over and do nothing with them: types of the
 * conventions, and the names that messaging systems have for those. One that is
 * not among them processes, as far as is known.
 */
const HANDING_OVER = [
  'receive',
  'settle',
  'create',
  'send',
  'publish',
  // Names of receiving.
  'poll',
  'peek',
  'receive_deferred',
  // Names of settling.
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

/** Whether an operation hands messages over, and processes none. */
export function isHandingOver(
  bytes: Uint8Array,
  start: number,
  length: number,
): boolean {
  return findHandingOver(bytes, start, length) > 0;
}
