import { Type } from 'typebox';

export const flag = (fallback: boolean) => Type.Boolean({ default: fallback });

export const count = (fallback: number, maximum: number) =>
  Type.Integer({ default: fallback, minimum: 1, maximum });

export const port = (fallback: number) =>
  Type.Integer({ default: fallback, minimum: 0, maximum: 65_535 });

export const durationMs = (fallback: number) =>
  Type.Integer({ default: fallback, minimum: 0, maximum: 3_600_000 });
