/**
 * Writes `kubernetes.json` again, after a change of {@link KINDS} or for another version:
 *
 *   node --require @backstage/cli/config/nodeTransform.cjs templates/tracked-service/tests/kubernetes/schema/refresh.ts \
 *     kubernetes/api/openapi-spec/swagger.json targetgroupbindings.yaml externalsecrets.yaml scaledobjects.yaml \
 *     triggerauthentications.yaml
 *
 * with the files of the projects that `NOTICE.md` names.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  selectDefinitions,
  selectVersion,
  type ApiDescription,
} from './buildSchema';

/** What the manifests in `compute/kubernetes` and the chart of the portal consist of. */
const KINDS = [
  'v1/ConfigMap',
  'v1/Namespace',
  'v1/Service',
  'v1/ServiceAccount',
  'apps/v1/Deployment',
  'apps/v1/StatefulSet',
  'autoscaling/v2/HorizontalPodAutoscaler',
  'batch/v1/Job',
  'networking.k8s.io/v1/Ingress',
  'networking.k8s.io/v1/NetworkPolicy',
  'policy/v1/PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1/ClusterRole',
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
];

/** The version of each custom resource that the manifests use, in the order of the arguments. */
const VERSIONS = ['v1beta1', 'v1', 'v1alpha1', 'v1alpha1'];

const [description, ...resources] = process.argv.slice(2);
const api = JSON.parse(readFileSync(description, 'utf8')) as ApiDescription;
writeFileSync(
  join(__dirname, 'kubernetes.json'),
  `${JSON.stringify(
    {
      definitions: selectDefinitions(api, KINDS),
      customResources: resources.map((file, index) =>
        selectVersion(parse(readFileSync(file, 'utf8')), VERSIONS[index]),
      ),
    },
    null,
    1,
  )}\n`,
);
