import type {
  NormalizedFinding,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { missingField, notAList, notOutputOf } from './formatErrors';
import { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { toScan } from './toScan';

/** Imports JSON of `kube-bench --json`: failed checks and manual checks. */
export const kubeBenchImporter: ScanImporter = {
  id: 'kube-bench',
  title: 'kube-bench',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document);
    const list = root.isArray ? root : root.at('Controls');
    if (!list.isArray || list.length === 0) {
      throw notOutputOf('kube-bench --json', {
        code: 'scan-empty-list',
        values: { path: 'Controls' },
      });
    }
    return [
      toScan(
        { tool: 'kube-bench', findings: list.items().flatMap(readControls) },
        {
          path: list.path,
          unchecked: {
            what: 'scan-sections-without-results',
            count: list
              .items()
              .flatMap(controls => controls.at('tests').items())
              .filter(group => !group.at('results').isArray).length,
          },
        },
      ),
    ];
  },
};

function readControls(controls: JsonReader): NormalizedFinding[] {
  const tests = controls.object().at('tests');
  if (!tests.isArray) {
    throw notAList(tests);
  }
  const benchmark = controls.at('version').text(64);
  const node = controls.at('node_type').text(64);
  return tests
    .items()
    .flatMap(group => group.at('results').items())
    .filter(result =>
      ['FAIL', 'WARN'].includes(result.at('status').raw() ?? ''),
    )
    .map(result => readResult(result, { benchmark, node }));
}

function readResult(
  result: JsonReader,
  { benchmark, node }: { benchmark?: string; node?: string },
): NormalizedFinding {
  const number = result.at('test_number').text(64);
  if (!number) {
    throw missingField(`${result.path}.test_number`);
  }
  const ruleId = [benchmark, number].filter(Boolean).join(' ');
  const status = result.at('status').text(16);
  return {
    ruleId,
    title: titleOf([result.at('test_desc').raw()], ruleId),
    description: result.at('reason').text(2_000),
    remediation: result.at('remediation').text(4_000),
    // The benchmark has no severities; a warning asks for a manual check.
    severity: status === 'FAIL' ? 'medium' : 'info',
    sourceSeverity: status,
    cves: [],
    cwes: [],
    occurrences: node ? [{ target: node, fingerprint: node }] : [],
    links: [],
  };
}
