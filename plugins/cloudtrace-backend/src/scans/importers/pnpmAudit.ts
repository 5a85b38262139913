import type { ScanImporter } from '@cloudtrace/plugin-cloudtrace-node';
import { failedTool, notOutputOf } from './formatErrors';
import { emptyAlthoughCounted } from './fewerThanSaid';
import { JsonReader } from './JsonReader';
import { readAdvisories } from './readAdvisories';
import { toScan } from './toScan';

/** Imports JSON of `pnpm audit --json`. */
export const pnpmAuditImporter: ScanImporter = {
  id: 'pnpm-audit',
  title: 'pnpm audit',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document).object();
    const said = root.at('error').at('message').text(300);
    if (said) throw failedTool('pnpm audit', said);
    const advisories = root.at('advisories');
    if (!advisories.isObject) {
      throw notOutputOf('pnpm audit --json', {
        code: 'scan-not-an-object',
        values: { path: 'advisories' },
      });
    }
    const findings = readAdvisories(advisories);
    return [
      toScan(
        { tool: 'pnpm audit', findings },
        {
          path: advisories.path,
          incomplete: emptyAlthoughCounted(
            advisories,
            root.at('metadata').at('vulnerabilities'),
            findings.length,
          ),
        },
      ),
    ];
  },
};
