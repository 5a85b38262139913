import { createKeyFinder } from './attributes';
import { readDigits } from './readDigits';

/*
 * Which status of an RPC means that the server failed. The conventions name
 * the codes of gRPC, as numbers before and as texts today; Connect has the same
 * ones in small letters, Dubbo 2 has its own, and every error of JSON-RPC is
 * one.
 */

/** What {@link readRpcStatus} gives for a text that is no status. */
export const UNREADABLE = -1;

/** What it gives for a failure without a number of its own. */
const FAILED = 2;

/** Codes of gRPC in their order, from 0. */
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
  // As the libraries of Go, C# and Swift write them.
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

/** The code of a status that is written as a text; {@link UNREADABLE} if it is none. */
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

/** The code of a status that is a number; {@link UNREADABLE} if it is none. */
export function toRpcCode(value: number): number {
  if (value < 0) {
    return FAILED; // of JSON-RPC
  }
  return Number.isInteger(value) && value < GRPC_CODES.length
    ? value
    : UNREADABLE;
}

/** Whether the server failed, and not the client or nobody. */
export function isServerError(code: number): boolean {
  return SERVER_ERRORS.has(code);
}
