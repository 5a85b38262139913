import { Type } from 'typebox';

/** Settings of the request tracker, in addition to those of every service. */
export const settings = Type.Object({
  REQUEST_RETENTION_HOURS: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 876_000,
  }),
});
