#!/usr/bin/env node
// @ts-check
/*
 * Prints one output of a stack. Reads the outputs file of `cdk deploy`, or the response of `aws cloudformation
 * describe-stacks`. Names are compared without case and underscores, because CloudFormation allows only letters and
 * digits.
 */
import { readFileSync } from 'node:fs';

const wanted = process.argv[2] ?? '';
const content = JSON.parse(readFileSync(0, 'utf8'));

/** @param {string} name */
const normalize = name => name.replaceAll('_', '').toLowerCase();

/** @type {Array<[string, string]>} */
const outputs = content.Stacks
  ? content.Stacks.flatMap(
      (
        /** @type {{ Outputs?: Array<{ OutputKey: string, OutputValue: string }> }} */ stack,
      ) => (stack.Outputs ?? []).map(o => [o.OutputKey, o.OutputValue]),
    )
  : Object.values(content).flatMap(stack => Object.entries(stack));

const found = outputs.find(([name]) => normalize(name) === normalize(wanted));
if (!found) {
  console.error(`The stack has no output ${wanted}`);
  process.exit(1);
}
process.stdout.write(found[1]);
