/**
 * Runs in a copy of `infra/cdk`: synthesises each app in `copies/<name>` into `out/<name>`. Errors go to `error.json`,
 * findings to the CDK's own `validation-report.json`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';

/** What the command line adds to the context of `cdk.json`; it judges the findings itself, too. */
const COMMAND_LINE_CONTEXT = {
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:enable-path-metadata': true,
  '@aws-cdk/core:failSynthOnValidationErrors': false,
};

for (const { name, environment, image } of JSON.parse(
  readFileSync('copies.json', 'utf8'),
)) {
  const outdir = `out/${name}`;
  mkdirSync(outdir, { recursive: true });
  // Its flags are part of the code.
  const { context } = JSON.parse(
    readFileSync(`copies/${name}/cdk.json`, 'utf8'),
  );
  try {
    const { createApp } = await import(`./copies/${name}/lib/createApp.ts`);
    const { readSettings } = await import(
      `./copies/${name}/lib/settings/readSettings.ts`
    );
    const app = new App({
      outdir,
      context: { ...context, ...COMMAND_LINE_CONTEXT },
      autoSynth: false,
    });
    createApp(readSettings({ environment, image }), app);
    app.synth();
  } catch (error) {
    writeFileSync(
      `${outdir}/error.json`,
      JSON.stringify({ message: String(error.message) }),
    );
  }
}
