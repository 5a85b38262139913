/**
 * Runs in a copy of `infra/cdk`: synthesises each app in `mutations/<name>` into `out/<name>`. Errors go to
 * `error.json`, findings to the CDK's own `validation-report.json`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';

const { names, environment, image } = JSON.parse(
  readFileSync('copies.json', 'utf8'),
);

for (const name of names) {
  const outdir = `out/${name}`;
  mkdirSync(outdir, { recursive: true });
  // Its flags are part of the code.
  const { context } = JSON.parse(
    readFileSync(`mutations/${name}/cdk.json`, 'utf8'),
  );
  try {
    const { createApp } = await import(`./mutations/${name}/lib/createApp.ts`);
    const { readSettings } = await import(
      `./mutations/${name}/lib/settings/readSettings.ts`
    );
    const app = new App({ outdir, context, autoSynth: false });
    createApp(readSettings({ environment, image }), app);
    app.synth();
  } catch (error) {
    writeFileSync(
      `${outdir}/error.json`,
      JSON.stringify({ message: String(error.message) }),
    );
  }
}
