import type {
  NormalizedFinding,
  NormalizedScan,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { formatError } from './formatErrors';
import { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { readLink } from './readLinks';
import { severityOfWord } from './severity';
import { toScan } from './toScan';

/** Imports OCSF detection findings of `prowler <provider> --output-formats json-ocsf`. */
export const prowlerImporter: ScanImporter = {
  id: 'prowler-ocsf',
  title: 'Prowler',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document);
    const items = root.items();
    if (items.length === 0) {
      throw formatError('scan-no-prowler-check');
    }
    const accounts = new Map<string, JsonReader[]>();
    for (const item of items) {
      requireOcsf(item);
      const account = accountOf(item);
      accounts.set(account, [...(accounts.get(account) ?? []), item]);
    }
    return [...accounts].map(([account, checks]) =>
      readAccount(account, checks, root.path),
    );
  },
};

function requireOcsf(item: JsonReader): void {
  const isFinding =
    item.object().at('class_uid').number() === 2004 &&
    item.at('metadata').at('event_code').text() !== undefined;
  if (!isFinding) {
    throw formatError('scan-no-prowler-finding', { path: item.place });
  }
}

const accountOf = (item: JsonReader) =>
  item.at('cloud').at('account').at('uid').text(128) ?? 'default';

function readAccount(
  account: string,
  checks: JsonReader[],
  path: string,
): NormalizedScan {
  const product = checks[0].at('metadata').at('product');
  // A manual check never has a result, so it does not affect earlier findings.
  const unknown = checks.filter(
    check =>
      !['FAIL', 'PASS', 'MANUAL'].includes(check.at('status_code').raw() ?? ''),
  );
  return toScan(
    {
      tool: 'Prowler',
      toolVersion: product.at('version').text(64),
      part: account,
      analysedAt: readTime(checks[0].at('time')),
      findings: checks
        .filter(check => check.at('status_code').raw() === 'FAIL')
        .map(readCheck),
    },
    {
      path,
      unchecked: { what: 'scan-checks-without-result', count: unknown.length },
    },
  );
}

function readCheck(item: JsonReader): NormalizedFinding {
  const ruleId = item.at('metadata').at('event_code').text(256) ?? 'unknown';
  const info = item.at('finding_info');
  const word = item.at('severity').text(32);
  const advice = item.at('remediation');
  const [reference] = advice.at('references').texts(10, 2_000).filter(isUrl);
  return {
    ruleId,
    title: titleOf([info.at('title').raw()], ruleId),
    description:
      item.at('status_detail').text(4_000) ?? info.at('desc').text(8_000),
    remediation: advice.at('desc').text(4_000),
    severity: severityOfWord(word) ?? 'medium',
    sourceSeverity: word,
    cves: [],
    cwes: [],
    occurrences: item
      .at('resources')
      .items()
      .map(resource => {
        const id =
          resource.at('uid').text(512) ?? resource.at('name').text(512);
        const region = resource.at('region').text(64);
        return { target: id, fingerprint: JSON.stringify([id, region]) };
      }),
    links: readLink(reference, ruleId),
    suppression:
      item.at('status').raw() === 'Suppressed'
        ? { kind: 'external', reason: 'Muted in Prowler' }
        : undefined,
  };
}

const isUrl = (text: string) => /^https?:/.test(text);

/** OCSF counts in milliseconds; older versions of Prowler count in seconds. */
function readTime(time: JsonReader): Date | undefined {
  const value = time.number();
  if (value === undefined) return undefined;
  const date = new Date(value < 1e11 ? value * 1_000 : value);
  const year = date.getUTCFullYear();
  return year >= 2000 && year <= 2500 ? date : undefined;
}
