import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { createApp } from '../lib/createApp.ts';
import type { ServiceSettings } from '../lib/settings/ServiceSettings.ts';
import { exampleSettings } from './exampleSettings.ts';

const { context } = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../cdk.json'), 'utf8'),
) as { context: Record<string, unknown> };

/** An app with the flags of `cdk.json`, written to its own folder. */
export function testApp(): App {
  return new App({
    context,
    outdir: mkdtempSync(path.join(os.tmpdir(), 'cdk-')),
  });
}

/** Returns the template for some settings. */
export function synthesize(changes: Partial<ServiceSettings> = {}): Template {
  return Template.fromStack(
    createApp(exampleSettings(changes), testApp()).stack,
  );
}

/** Returns the template of the first step of the first deployment. */
export function synthesizeWithoutInstances(): Template {
  const settings = { ...exampleSettings(), minSize: 0 };
  return Template.fromStack(createApp(settings, testApp()).stack);
}
