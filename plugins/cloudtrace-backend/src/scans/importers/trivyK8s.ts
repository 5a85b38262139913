import type {
  NormalizedFinding,
  NormalizedOccurrence,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { notOutputOf } from './formatErrors';
import { missingList } from './fewerThanSaid';
import { JsonReader } from './JsonReader';
import { toScan } from './toScan';
import { readTarget } from './trivy';

/** Keys under which Trivy's versions and report kinds store resources. */
const lists = ['Resources', 'Findings', 'Vulnerabilities', 'Misconfigurations'];

/** Imports JSON of `trivy k8s --format json`, with `--report all` or `summary`. */
export const trivyK8sImporter: ScanImporter = {
  id: 'trivy-k8s',
  title: 'Trivy Kubernetes',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document).object();
    const cluster = root.at('ClusterName');
    if (cluster.raw() === undefined) {
      throw notOutputOf('trivy k8s --format json', {
        code: 'scan-missing',
        values: { path: 'ClusterName' },
      });
    }
    const resources = lists.flatMap(key => root.at(key).items());
    const failed = resources.filter(resource => resource.at('Error').text());
    return [
      toScan(
        {
          tool: 'Trivy Kubernetes',
          category: cluster.text(256),
          findings: resources.flatMap(readResource),
        },
        {
          path: root.path,
          incomplete: lists.some(key => root.at(key).exists)
            ? undefined
            : missingList(root.at('Resources')),
          unchecked: {
            what: 'scan-unscanned-resources',
            count: failed.length,
          },
        },
      ),
    ];
  },
};

function readResource(resource: JsonReader): NormalizedFinding[] {
  const name = ['Namespace', 'Kind', 'Name']
    .map(key => resource.object().at(key).text(256))
    .filter(Boolean)
    .join('/');
  return resource
    .at('Results')
    .items()
    .flatMap(result => readTarget(result.object()))
    .map(finding => ({
      ...finding,
      occurrences: inResource(finding.occurrences, name),
    }));
}

/** Paths refer to an image or name the resource, not to the repository. */
function inResource(
  occurrences: NormalizedOccurrence[],
  target: string,
): NormalizedOccurrence[] {
  const places = occurrences.length > 0 ? occurrences : [{}];
  return places.map(({ location, fingerprint, ...rest }) => ({
    ...rest,
    target,
    fingerprint: JSON.stringify([target, location?.path, fingerprint]),
  }));
}
