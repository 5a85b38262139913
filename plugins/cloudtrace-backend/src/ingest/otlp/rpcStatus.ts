import { createKeyFinder } from './attributes';
import { readDigits } from './readDigits';

/*
 * Decides which RPC status means that the server failed. The conventions list
 * the codes of gRPC, formerly as numbers and today as texts; Connect has the
 * same codes in lower case, Dubbo 2 has its own, and every JSON-RPC error
 * counts.
 */

/** Result of {@link readRpcStatus} for a text that is not a status. */
export const UNREADABLE = -1;

/** Its result for a failure without a number. */
const FAILED = 2;

/** Codes of gRPC in order, from 0. */
const GRPC_CODES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];
const SERVER_ERRORS = new Set([2, 4, 12, 13, 14, 15]);

const DUBBO_ERRORS = [
  'SERVER_ERROR',
  'SERVER_THREADPOOL_EXHAUSTED_ERROR',
  'SERVER_TIMEOUT',
  'SERVICE_ERROR',
];

const codeByName = new Map<string, number>();
GRPC_CODES.forEach((name, code) => {
  const small = name.toLowerCase();
  codeByName.set(name, code);
  codeByName.set(small, code);
  // As written by the libraries of Go, C# and Swift.
  codeByName.set(
    small.replace(/(^|_)([a-z])/g, (_, __, letter) => letter.toUpperCase()),
    code,
  );
});
codeByName.set('Canceled', 1);
codeByName.set('canceled', 1);
codeByName.set('Ok', 0);
DUBBO_ERRORS.forEach(name => codeByName.set(name, FAILED));

const names = [...codeByName.keys()];
const codes = [...codeByName.values()];
const findName = createKeyFinder(names);

/** The code of a textual status; {@link UNREADABLE} if it is invalid. */
export function readRpcStatus(
  bytes: Uint8Array,
  start: number,
  length: number,
): number {
  const found = findName(bytes, start, length);
  if (found > 0) {
    return codes[found - 1];
  }
  const first = bytes[start];
  if (length > 1 && first === 0x2d && bytes[start + 1] - 48 < 10) {
    return FAILED; // of JSON-RPC
  }
  const isNumber = length > 0 && first >= 48 && first < 58;
  return isNumber ? toRpcCode(readDigits(bytes, start, length)) : UNREADABLE;
}

/** The code of a numeric status; {@link UNREADABLE} if it is invalid. */
export function toRpcCode(value: number): number {
  if (value < 0) {
    return FAILED; // of JSON-RPC
  }
  return Number.isInteger(value) && value < GRPC_CODES.length
    ? value
    : UNREADABLE;
}

/** Whether the server failed, not the client. */
export function isServerError(code: number): boolean {
  return SERVER_ERRORS.has(code);
}
