#!/usr/bin/env node
// @ts-check
/*
 * Converts the portal's list of drifted resources (standard input) to a report of Bitbucket's Code Insights, or to its
 * annotations: drift-insights.mjs report|annotations STATUS
 */
import { readFileSync } from 'node:fs';

/** Bitbucket's limits for annotations in one request, and for a text. */
const MAX_ANNOTATIONS = 100;
const TEXT_LENGTH = 450;

const [kind, status] = process.argv.slice(2);
/** @type {Array<{ id: string, type: string, change: string }>} */
const resources = JSON.parse(readFileSync(0, 'utf8'));
const environment = process.env.ENVIRONMENT ?? 'production';

const report = {
  title: `Drift in ${environment}`,
  report_type: 'BUG',
  reporter: 'drift',
  result: status === 'drifted' ? 'FAILED' : 'PASSED',
  details:
    status === 'drifted'
      ? 'The infrastructure no longer matches the code. Deploy to restore what the code declares, or change the code.'
      : 'The infrastructure matches the code.',
  data: [{ title: 'Resources', type: 'NUMBER', value: resources.length }],
};

const annotations = resources
  .slice(0, MAX_ANNOTATIONS)
  .map(({ id, type, change }, index) => ({
    external_id: `drift-${index}`,
    annotation_type: 'BUG',
    severity: 'HIGH',
    summary: `${id} (${type}) was ${change}`.slice(0, TEXT_LENGTH),
  }));

process.stdout.write(JSON.stringify(kind === 'report' ? report : annotations));
