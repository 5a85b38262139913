import {
  ScanFormatError,
  type ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
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
    if (said) throw new ScanFormatError(`pnpm audit failed: ${said}`);
    const advisories = root.at('advisories');
    if (!advisories.isObject) {
      throw new ScanFormatError(
        'advisories must be an object: send the output of pnpm audit --json',
      );
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
