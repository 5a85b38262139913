import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';

/** Terraform's "known after apply". */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** A value of Terraform's language in its JavaScript form. */
export type Value =
  | null
  | boolean
  | number
  | string
  | typeof UNKNOWN
  | Value[]
  | { [key: string]: Value };

/** An object value: a resource's state, a nested block. */
export type ObjectValue = { [key: string]: Value };

/** A value on the wire. */
export interface WireValue {
  readonly msgpack?: Buffer;
  readonly json?: Buffer;
}

// Terraform marks an unknown value with extension 0, or 12 when it adds refinements such as "not null".
const UNKNOWN_EXTENSION = 0;
const REFINED_UNKNOWN_EXTENSION = 12;

class UnknownMarker {}
const marker = new UnknownMarker();

const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: UNKNOWN_EXTENSION,
  encode: value =>
    value instanceof UnknownMarker ? new Uint8Array([0]) : null,
  decode: () => marker,
});
extensionCodec.register({
  type: REFINED_UNKNOWN_EXTENSION,
  encode: () => null,
  decode: () => marker,
});

/** Writes a value for Terraform. */
export function encode(value: Value): WireValue {
  const encoder = new Encoder({ extensionCodec, ignoreUndefined: true });
  return {
    msgpack: Buffer.from(encoder.encode(replace(value, UNKNOWN, marker))),
  };
}

/**
 * Reads a value that Terraform sent; null means that nothing exists, as in the state of a resource before it is
 * created.
 */
export function decode(wire: WireValue | null | undefined): Value {
  if (wire?.msgpack?.length) {
    const decoded = new Decoder({ extensionCodec }).decode(wire.msgpack);
    return replace(decoded, marker, UNKNOWN) as Value;
  }
  return wire?.json?.length ? JSON.parse(wire.json.toString('utf8')) : null;
}

/** `decode` for an object or a missing value. */
export function decodeObject(
  wire: WireValue | null | undefined,
): ObjectValue | null {
  const value = decode(wire);
  if (value === null || isObject(value)) return value;
  throw new Error('Terraform sent a value that is not an object');
}

/** Whether a value is an object (a block, a map), not a list, a scalar or unknown. */
export function isObject(value: Value | undefined): value is ObjectValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// An msgpack extension needs a class and unknown values are easier as a symbol, so one is converted to the other here.
function replace(value: unknown, from: unknown, to: unknown): unknown {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map(item => replace(item, from, to));
  if (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof UnknownMarker)
  ) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        replace(item, from, to),
      ]),
    );
  }
  return value;
}
