#!/usr/bin/env node
// @ts-check
/* Converts the text of `cdk drift` (standard input) to the portal's list of drifted resources (standard output). */
import { readFileSync } from 'node:fs';

/** The portal's limit. */
const MAX_RESOURCES = 500;
const CHANGES = { '~': 'changed', '-': 'deleted', '+': 'added' };

/** For example: [~] AWS::RDS::DBInstance Database DatabaseB269D8BB */
const LINE = /^\[([~+-])\]\s+(\S+::\S+)\s+(\S.*)$/gm;

const text = readFileSync(0, 'utf8');
const drifted = [...text.matchAll(LINE)]
  .slice(0, MAX_RESOURCES)
  .map(([, sign, type, id]) => ({
    id: id?.trim(),
    type,
    change: CHANGES[/** @type {keyof typeof CHANGES} */ (sign)],
  }));
process.stdout.write(`${JSON.stringify(drifted)}\n`);
